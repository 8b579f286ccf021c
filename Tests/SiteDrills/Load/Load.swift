/// A seed's mixed load, in waves: short and long tasks, MPI over two nodes, packs, chains, failing ones, ones that heed
/// no signal, one that leaves children behind, and one that a member cancels.
struct Load: Sendable {
    /// A wave, and when it is submitted: seconds after the first.
    struct Wave: Sendable {
        var after: Double
        var submission: Submission
    }

    let waves: [Wave]
    /// The task that a member cancels, and when.
    let cancelled: (name: String, after: Double)
    private static let a = "drill-a"
    private static let b = "drill-b"

    init(_ random: inout SeededRandom) {
        let lists = [
            Self.first(&random) + Self.pack(0..<4, &random), Self.second(&random), Self.third(&random),
            Self.fourth(&random) + Self.pack(4..<7, &random), Self.fifth(&random),
        ]
        waves = zip(lists, [0.0, 22, 44, 68, 92]).enumerated().map { index, wave in
            let after = wave.1 + Double.random(in: 0...5, using: &random)
            return Wave(after: after, submission: Submission(key: "wave-\(index + 1)", tasks: wave.0))
        }
        cancelled = (name: "unwanted", after: 75 + Double.random(in: 0...15, using: &random))
    }

    private static func seconds(_ range: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
        String(Int.random(in: range, using: &random))
    }

    /// A task that runs so long.
    private static func run(
        _ name: String, _ range: ClosedRange<Int>, _ random: inout SeededRandom, at site: String? = nil,
        nodes: Int = 1, cores: Int = 1
    ) -> LoadTask {
        LoadTask(
            name: name, kind: nodes > 1 ? "mpi" : "run", arguments: ["run", seconds(range, &random)],
            site: site,
            nodes: nodes, cores: cores)
    }

    /// A task that beats longer than its walltime, link after link.
    private static func chain(_ name: String, at site: String, _ random: inout SeededRandom) -> LoadTask {
        LoadTask(
            name: name, kind: "chain", arguments: ["chain", seconds(40...60, &random)], site: site,
            walltime: "20s", signalBefore: "6s", links: 8)
    }

    private static func pack(_ numbers: Range<Int>, _ random: inout SeededRandom) -> [LoadTask] {
        numbers.map { number in
            LoadTask(
                name: "packed-\(number)", kind: "pack", arguments: ["run", seconds(2...5, &random)], site: a,
                walltime: "30s", packable: true)
        }
    }

    private static func first(_ random: inout SeededRandom) -> [LoadTask] {
        [
            run("short-a", 3...8, &random, at: a), run("short-b", 3...8, &random, at: b),
            run("long-a", 30...45, &random, at: a, cores: 2), run("mpi-a", 10...20, &random, at: a, nodes: 2),
        ]
    }

    private static func second(_ random: inout SeededRandom) -> [LoadTask] {
        [
            chain("chain-a", at: a, &random), chain("chain-b", at: b, &random),
            LoadTask(
                name: "failing", kind: "fail", arguments: ["fail", seconds(2...5, &random), "3"], retries: 1,
                expect: "failed"),
            LoadTask(name: "deaf", kind: "deaf", arguments: ["deaf", seconds(8...15, &random)]),
        ]
    }

    private static func third(_ random: inout SeededRandom) -> [LoadTask] {
        [
            run("mpi-b", 8...15, &random, at: b, nodes: 2),
            LoadTask(name: "forking", kind: "fork", arguments: ["fork", seconds(5...10, &random), "2"]),
            // Where the database is put back afterwards, nobody has cancelled it.
            LoadTask(
                name: "unwanted", kind: "deaf", arguments: ["deaf", "150"], walltime: "3m", expect: "any",
                mayFail: true),
            run("middle", 12...20, &random),
        ]
    }

    private static func fourth(_ random: inout SeededRandom) -> [LoadTask] {
        [
            run("late-a", 10...20, &random, at: a), run("late-b", 6...12, &random, at: b),
            run("last", 3...6, &random),
        ]
    }

    private static func fifth(_ random: inout SeededRandom) -> [LoadTask] {
        [
            run("end-a", 8...16, &random, at: a, cores: 3), run("end-b", 4...8, &random, at: b),
            run("end-mpi", 5...10, &random, nodes: 2),
        ]
    }
}
