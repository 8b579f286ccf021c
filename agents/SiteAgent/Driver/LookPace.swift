import Federation

/// When the batch system is asked how the packs stand: one status call for all of them, as often with one job as with a
/// thousand. A site's controller serves others too, and every look reads all live run folders.
struct LookPace {
    /// The time between two looks where nothing asks for one, microseconds; 0 looks in every turn.
    var every: Int64
    /// The least time between two looks, microseconds.
    var least: Int64
    /// When all packs were looked at last, boot clock.
    private var last: Int64?
    /// Something happened after which a look is likely to find news.
    private(set) var isWanted = false
    /// Packs whose folders are to be read in the next turn, without asking anybody.
    private(set) var urgent: Set<PackID> = []

    init(every: Int64, least: Int64) {
        self.every = every
        self.least = least
    }

    /// Whether all packs are to be looked at now.
    func isDue(now: Int64) -> Bool { wait(now: now) <= 0 }

    /// Microseconds until they are.
    func wait(now: Int64) -> Int64 {
        guard let last else { return 0 }
        return last + (isWanted ? min(least, every) : every) - now
    }

    /// All packs are being looked at.
    mutating func looks(now: Int64) {
        last = now
        isWanted = false
    }

    /// A look is likely to find news.
    mutating func want() { isWanted = true }

    /// One pack's folder has news.
    mutating func want(_ pack: PackID) { urgent.insert(pack) }

    /// The packs to be read at once; they are forgotten.
    mutating func takeUrgent() -> Set<PackID> {
        defer { urgent = [] }
        return urgent
    }
}
