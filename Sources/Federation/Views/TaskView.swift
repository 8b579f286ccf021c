/// A task as lists show it.
public struct TaskView: Hashable, Sendable, Codable {
    /// The task.
    public var id: TaskID
    /// Its campaign.
    public var campaign: CampaignID
    /// Its campaign's name.
    public var campaignName: String
    /// Its name there.
    public var name: String
    /// What sort of work it is.
    public var kind: TaskKind
    /// Where it stands.
    public var state: TaskState
    /// The partner that pays.
    public var partner: PartnerID
    /// Its work package.
    public var workPackage: WorkPackageID?
    /// The languages it concerns.
    public var languages: [String]
    /// Its priority.
    public var priority: Int
    /// Attempts so far.
    public var attempts: Int
    /// Links of its chain so far.
    public var links: Int
    /// The site of its newest attempt.
    public var site: SiteID?
    /// Where its newest attempt stands.
    public var attemptState: AttemptState?
    /// When it was submitted.
    public var submittedAt: Instant
    /// When it ended.
    public var endedAt: Instant?
    /// A few words on why it stands where it stands.
    public var remark: String?
    /// What its program said (`result.json` of the attempt that completed it).
    public var result: JSONValue?

    /// A task in that state; the rest is set where known.
    public init(
        id: TaskID, campaign: CampaignID, campaignName: String, name: String, kind: TaskKind,
        state: TaskState,
        partner: PartnerID, priority: Int, submittedAt: Instant
    ) {
        self.id = id
        self.campaign = campaign
        self.campaignName = campaignName
        self.name = name
        self.kind = kind
        self.state = state
        self.partner = partner
        workPackage = nil
        languages = []
        self.priority = priority
        attempts = 0
        links = 0
        site = nil
        attemptState = nil
        self.submittedAt = submittedAt
        endedAt = nil
        remark = nil
        result = nil
    }
}
