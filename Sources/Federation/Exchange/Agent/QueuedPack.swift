/// A pack's jobs as the batch system's queue shows them.
public struct QueuedPack: Hashable, Sendable {
    /// The pack that they are named after.
    public var pack: PackID
    /// Their ids.
    public var jobs: [String]
    /// One of them waits, or waits again.
    public var waits: Bool

    /// Jobs of that pack.
    public init(pack: PackID, jobs: [String], waits: Bool) {
        self.pack = pack
        self.jobs = jobs
        self.waits = waits
    }
}
