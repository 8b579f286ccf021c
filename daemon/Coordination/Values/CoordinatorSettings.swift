public import Federation

/// What an operator may set; the defaults are for real sites.
public struct CoordinatorSettings: Sendable {
    /// The times that the exchange's rules go by.
    public var exchange = ExchangeSettings()
    /// The folder of the depot's chunks.
    public var depotFolder: String
    /// The most bytes that the depot may take.
    public var depotBytes: Int64 = 64 << 30
    /// How long a connected agent may leave its poll open, seconds.
    public var pollSeconds: Int64 = 30
    /// How long a parked poll goes without looking by itself, seconds: another coordinator's signal may get lost.
    public var glanceSeconds: Int64 = 5
    /// How long the lease of the one that proposes lasts without renewal, seconds.
    public var leaseSeconds: Int64 = 10
    /// The most tasks of one submission.
    public var tasksPerSubmission = 1_000_000
    /// How often offers are looked for without being woken, milliseconds.
    public var placementMilliseconds: Int64 = 1000
    /// How often expired offers, silent agents and late work are looked for, milliseconds.
    public var sweepMilliseconds: Int64 = 2000
    /// How often entries are sealed, milliseconds.
    public var sealMilliseconds: Int64 = 5000
    /// How often the whole book is proved, seconds.
    public var auditSeconds: Int64 = 300
    /// How often dead rows are removed from the queue's tables, seconds.
    public var maintenanceSeconds: Int64 = 30
    /// The clock.
    public var now: @Sendable () -> Instant = SystemTime.now
    /// Names this process in the lease; random.
    public var holder: String

    /// The defaults, with that depot.
    public init(depotFolder: String, holder: String) {
        self.depotFolder = depotFolder
        self.holder = holder
    }
}
