/// What a list of tasks is narrowed to; nil means any.
public struct TaskFilter: Sendable, Hashable {
    /// The campaign.
    public var campaign: CampaignID?
    /// The state.
    public var state: TaskState?
    /// The partner that pays.
    public var partner: PartnerID?
    /// The kind.
    public var kind: TaskKind?
    /// The site of the newest attempt.
    public var site: SiteID?
    /// A language that it concerns.
    public var language: String?
    /// A tag as `key=value`.
    public var tag: String?
    /// The task's name.
    public var name: String?

    /// Only tasks that have not ended.
    public var live = false

    /// Any task.
    public init() {}
}
