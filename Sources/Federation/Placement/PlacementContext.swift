/// Everything that placement looks at beside the task: a snapshot, so that the same question gets the same answer.
public struct PlacementContext: Sendable {
    /// Now, by the coordinator's clock.
    public var now: Instant
    /// The sites, in the order of their names.
    public var sites: [SiteContext]
    /// Who may do what.
    public var eligibility: Eligibility
    /// How long a pack may wait for its start, seconds.
    public var mustStartSeconds: Int64

    /// A snapshot of these sites at that moment.
    public init(
        now: Instant, sites: [SiteContext], eligibility: Eligibility,
        mustStartSeconds: Int64 = ExchangeSettings().mustStartSeconds
    ) {
        self.now = now
        self.sites = sites.sorted { $0.document.id < $1.document.id }
        self.eligibility = eligibility
        self.mustStartSeconds = mustStartSeconds
    }
}
