import Federation

/// What is being staged, and when what failed is tried again.
struct StagingDesk {
    /// Packs whose inputs are on their way in.
    var incoming: Set<PackID> = []
    /// Packs whose inputs are all here.
    var ready: Set<PackID> = []
    /// Members whose inputs will never come, with the reason.
    var refused: [AttemptKey: String] = [:]
    /// Members whose outputs are on their way out.
    var outgoing: Set<AttemptKey> = []
    /// When a pack or member is tried again, boot clock.
    private var retryAt: [String: Int64] = [:]
    private var tries: [String: Int] = [:]

    /// Whether anything is on its way.
    var isBusy: Bool { !incoming.isEmpty || !outgoing.isEmpty }

    func mayTry(_ name: String) -> Bool { WallClock.sinceBoot() >= retryAt[name] ?? 0 }

    /// Notes a failure: tried again after one second, doubling to five minutes.
    mutating func failed(_ name: String) {
        let count = tries[name, default: 0]
        tries[name] = count + 1
        retryAt[name] = WallClock.sinceBoot() + min(300, 1 << Int64(min(count, 9))) * 1_000_000
    }

    mutating func worked(_ name: String) {
        tries[name] = nil
        retryAt[name] = nil
    }

    /// Forgets packs that are not here any more.
    mutating func prune(keeping packs: Set<PackID>) {
        ready.formIntersection(packs)
    }
}
