public import Federation

/// The batch system's queue.
public struct QueueReading: Hashable, Sendable {
    /// A pack's jobs there.
    public struct Jobs: Hashable, Sendable {
        /// Their ids.
        public var ids: [String] = []
        /// Why they do not run, in the site's words.
        public var waitingReason: String?
    }

    /// By pack.
    public var packs: [PackID: Jobs] = [:]
}
