public import Federation

/// What a running agent says of itself in its folder, for `hansa-agent status` and whoever watches it.
public struct AgentReport: Hashable, Sendable, Codable {
    /// A pack that has not been settled.
    public struct Pack: Hashable, Sendable, Codable {
        /// The pack.
        public var pack: PackID
        /// Where it stands.
        public var state: AttemptState
        /// Its newest job.
        public var job: String?
        /// What it waits for.
        public var waitingFor: String?
        /// Its members with the names of their tasks.
        public var members: [String]
    }

    /// The agent.
    public var agent = AgentID("")
    /// Its site.
    public var site = SiteID("")
    /// Its program's version.
    public var program = ""
    /// When this was written.
    public var at = Instant(microseconds: 0)
    /// The process.
    public var pid: Int32 = 0
    /// When the coordinator last answered.
    public var exchangedAt: Instant?
    /// Why the last exchange failed, if it did.
    public var exchangeFault: String?
    /// Why the journal cannot be written, if it cannot.
    public var storageFault: String?
    /// Why run folders take more room than they may, if they do.
    public var roomFault: String?
    /// How it was run last: `once` writes a report for each cycle.
    public var mode: AgentMode?
    /// It takes no new packs.
    public var draining = false
    /// What it can take.
    public var capacity: [PartitionCapacity] = []
    /// What it has.
    public var packs: [Pack] = []
    /// Events that the coordinator has not acknowledged.
    public var untold = 0
    /// When it ended, if it has.
    public var stoppedAt: Instant?

    /// A report of nothing.
    public init() {}
}
