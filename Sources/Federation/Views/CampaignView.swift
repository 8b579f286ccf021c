/// A campaign with its counts.
public struct CampaignView: Hashable, Sendable, Codable {
    /// The campaign.
    public var id: CampaignID
    /// Its name.
    public var name: String
    /// The partner that submitted it.
    public var partner: PartnerID
    /// The member who did.
    public var member: MemberID
    /// Its work package.
    public var workPackage: WorkPackageID?
    /// When it was submitted.
    public var submittedAt: Instant
    /// When its last task ended, once all have.
    public var endedAt: Instant?
    /// Its tasks by state.
    public var tasks: [String: Int]
    /// Links of chains so far (attempts that ended with exit 85).
    public var links: Int

    /// A campaign with those counts.
    public init(
        id: CampaignID, name: String, partner: PartnerID, member: MemberID, workPackage: WorkPackageID?,
        submittedAt: Instant, endedAt: Instant?, tasks: [String: Int], links: Int
    ) {
        self.id = id
        self.name = name
        self.partner = partner
        self.member = member
        self.workPackage = workPackage
        self.submittedAt = submittedAt
        self.endedAt = endedAt
        self.tasks = tasks
        self.links = links
    }

    /// Tasks in that state.
    public func count(_ state: TaskState) -> Int { tasks[state.rawValue] ?? 0 }
}
