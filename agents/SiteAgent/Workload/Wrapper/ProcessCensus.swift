import Federation
import Glibc

/// Which processes are left of which member of a pack: by their environment, by their group, and by whose descendants
/// they are. A look goes over all processes of the host, so one serves all members that ended meanwhile, and looks keep a
/// distance that grows with what they cost.
struct ProcessCensus {
    private let pack: PackRun
    private var nextAt: Int64 = 0

    /// The census of that pack's job.
    init(_ pack: PackRun) { self.pack = pack }

    /// What is left of the members that are being left; nil where none is, or it is not yet time to look again.
    mutating func left(by running: [MemberRun]) -> [AttemptKey: Set<ProcessIdentity>]? {
        let now = WallClock.sinceBoot()
        guard running.contains(where: \.isLeaving), now >= nextAt else { return nil }
        let found = look(running)
        let ended = WallClock.sinceBoot()
        // A member alone has nobody beside it to be kept waiting.
        nextAt = running.count == 1 ? 0 : ended + max(20_000, min(500_000, 5 * (ended - now)))
        return found
    }

    private func look(_ running: [MemberRun]) -> [AttemptKey: Set<ProcessIdentity>] {
        var left: [AttemptKey: Set<ProcessIdentity>] = [:]
        var owners: [Int32: AttemptKey] = [:]
        for run in running { owners[run.program.pid] = run.attempt }
        var known: [Int32: AttemptKey] = [:]
        var nobodys: Set<ProcessIdentity> = []
        let entries = ProcessTable.entries(
            instance: pack.record.instance.rawValue, pack: pack.record.offer.pack.rawValue)
        for entry in entries where !entry.isWatchdog && !entry.isWrapper {
            if let key = entry.variables["HANSA_ATTEMPT"].flatMap({ AttemptKey($0) }) {
                left[key, default: []].insert(entry.identity)
                known[entry.identity.pid] = key
            } else {
                nobodys.insert(entry.identity)
            }
        }
        // Above before below: what hides from its environment and its group belongs to whom its parent belongs to.
        for process in ProcessTable.tree(below: getpid(), without: pack.watchdog?.pid ?? 0) {
            let key =
                known[process.identity.pid] ?? owners[process.identity.pid] ?? owners[process.group]
                ?? known[process.parent]
            if let key {
                known[process.identity.pid] = key
                left[key, default: []].insert(process.identity)
                nobodys.remove(process.identity)
            } else {
                nobodys.insert(process.identity)
            }
        }
        // What hides from all three, as an orphan can, and what came to light after its member's end, is ended when no
        // program runs beside whose it could be.
        if running.allSatisfy(\.isLeaving), let first = running.first {
            let others = left.filter { key, _ in !running.contains { $0.attempt == key } }.values
            left[first.attempt, default: []].formUnion(others.reduce(into: nobodys) { $0.formUnion($1) })
        }
        return left
    }
}
