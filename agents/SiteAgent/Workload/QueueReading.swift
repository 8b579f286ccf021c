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

    /// The same for the rules, in the packs' order.
    var shown: [QueuedPack] {
        packs.sorted { $0.key < $1.key }.map { pack, jobs in
            QueuedPack(pack: pack, jobs: jobs.ids, waits: jobs.waitingReason != nil)
        }
    }
}
