import Glibc

/// Whether what has to be written can be written: nothing new is taken while it cannot. A disk that is nearly full is
/// noticed before it is full, so that the coordinator hears of it by an ordinary document.
struct StorageWatch {
    /// So many bytes are written to see whether it works again: more than any marker takes.
    private static let probeBytes = 64 << 10
    /// Microseconds between two looks.
    private static let pause: Int64 = 1_000_000

    private let places: [(path: String, what: String)]
    private let runs: String
    private let least: Int64
    /// What is wrong, as far as was seen last.
    private(set) var fault: StorageFault?
    /// A write that failed, until a probe works.
    private var failure: StorageFault?
    private var short: Set<String> = []
    private var lookAt: Int64 = 0

    /// Watches an agent's run root and its journal's folder; below so many free bytes there is no room.
    init(runs: String, journal: String, least: Int64) {
        self.runs = runs
        self.least = least
        places = [(runs, "run folders"), (journal, "its journal")]
    }

    /// Takes in that something could not be written among the run folders.
    mutating func failed(_ fault: StorageFault) {
        failure = fault
        self.fault = fault
    }

    /// Looks again where it is time to; a failure is over when as much as a marker takes can be written and synced.
    mutating func look() {
        let now = WallClock.sinceBoot()
        guard now >= lookAt else { return }
        lookAt = now + StorageWatch.pause
        if failure != nil, StorageWatch.probe(runs) == nil { failure = nil }
        fault = failure ?? shortage()
    }

    /// Once closed it opens again only when there is clearly more room, so that it does not flap.
    private mutating func shortage() -> StorageFault? {
        var fault: StorageFault?
        for (path, what) in places {
            guard let free = FreeRoom.bytes(at: path) else { continue }
            guard free < (short.contains(path) ? 2 * least : least) else {
                short.remove(path)
                continue
            }
            short.insert(path)
            fault =
                fault
                ?? StorageFault(
                    short: "it has no room for \(what)",
                    description:
                        "\(path) has less than \(least >> 20) MiB of room left (leastFreeMegabytes), and "
                        + "\(what) lie there")
        }
        return fault
    }

    /// Why as much as a marker takes cannot be written and synced in that folder; nil where it can.
    static func probe(_ folder: String) -> FileFault? {
        let probe = "\(folder)/.room-probe"
        defer { unlink(probe) }
        do throws(FileFault) {
            try DurableFile.write([UInt8](repeating: 1, count: probeBytes), to: probe)
            return nil
        } catch {
            return error
        }
    }
}
