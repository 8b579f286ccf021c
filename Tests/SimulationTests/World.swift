import Federation

/// Time, chance and the heap of what is going to happen. Times are minutes; nothing here looks at a real clock.
final class World {
    /// Faults happen before this minute.
    static let healed = 420.0
    /// The last minute that is simulated.
    static let end = 2000.0
    static let grace = 5.0
    static let skew = 4.0
    static let offerOpen = 25.0
    static let mustStart = 110.0
    static let heartbeatSilent = 6.0
    static let wrapperGivesUp = 4.0

    private struct Event {
        var at: Double
        var order: Int
        var work: () -> Void
        func isBefore(_ other: Event) -> Bool { at < other.at || at == other.at && order < other.order }
    }

    let seed: UInt64
    /// 1: cuts, kills, batch system. 2: also journals lost, copied, doubled. 3: also restored coordinators.
    let level: Int
    let disabled: Set<Clause>
    let isTraced: Bool
    var random: SeededRandom
    var now = 0.0
    var isOver = false
    var counts = [Int](repeating: 0, count: Fault.allCases.count)
    /// Ways that attempts' states went.
    var moves: Set<AttemptState.Move> = []
    /// Violations seen while it ran.
    var failures: [String] = []
    private(set) var trace: [String] = []
    private var heap: [Event] = []
    private var order = 0
    private var ids = 0

    init(seed: UInt64, level: Int, disabled: Set<Clause>, isTraced: Bool) {
        self.seed = seed
        self.level = level
        self.disabled = disabled
        self.isTraced = isTraced
        random = SeededRandom(seed: seed &* 7919 &+ UInt64(level))
    }

    var isFaulty: Bool { now < World.healed }

    func enforces(_ clause: Clause) -> Bool { disabled.isEmpty || !disabled.contains(clause) }

    func count(_ fault: Fault) { counts[fault.rawValue] += 1 }

    func log(_ text: @autoclosure () -> String) {
        guard isTraced else { return }
        let minutes = Int(now * 100)
        let fraction = minutes % 100
        trace.append("\(minutes / 100).\(fraction < 10 ? "0" : "")\(fraction)  \(text())")
    }

    func freshID(_ prefix: String) -> String {
        ids += 1
        return "\(prefix)\(ids)"
    }

    /// The moment of that minute.
    static func instant(_ minutes: Double) -> Instant {
        Instant(microseconds: 1_800_000_000_000_000 + Int64(minutes * 60_000_000))
    }

    var instant: Instant { World.instant(now) }

    func after(_ delay: Double, _ work: @escaping () -> Void) {
        order += 1
        heap.append(Event(at: now + delay, order: order, work: work))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    func run() {
        var steps = 0
        while !isOver, failures.isEmpty, let event = pop(), event.at <= World.end {
            now = event.at
            event.work()
            steps += 1
            if steps > 500_000 { failures.append("no rest: half a million steps by minute \(Int(now))") }
        }
        heap = []
    }

    private func pop() -> Event? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[smallest]) { smallest = child }
            }
            guard smallest != parent else { return first }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
