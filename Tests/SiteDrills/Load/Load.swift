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

    init(_ random: inout SeededRandom) {
        func seconds(_ range: ClosedRange<Int>) -> String { String(Int.random(in: range, using: &random)) }
        let (a, b) = ("drill-a", "drill-b")
        let first: [LoadTask] = [
            LoadTask(name: "short-a", kind: "run", arguments: ["run", seconds(3...8)], site: a),
            LoadTask(name: "short-b", kind: "run", arguments: ["run", seconds(3...8)], site: b),
            LoadTask(name: "long-a", kind: "run", arguments: ["run", seconds(30...45)], site: a, cores: 2),
            LoadTask(name: "mpi-a", kind: "mpi", arguments: ["run", seconds(10...20)], site: a, nodes: 2),
        ]
        let pack = (0..<4).map { index in
            LoadTask(
                name: "packed-\(index)", kind: "pack", arguments: ["run", seconds(2...5)], site: a,
                walltime: "30s", packable: true)
        }
        let second: [LoadTask] = [
            LoadTask(
                name: "chain-a", kind: "chain", arguments: ["chain", seconds(40...60)], site: a,
                walltime: "20s",
                signalBefore: "6s", links: 8),
            LoadTask(
                name: "chain-b", kind: "chain", arguments: ["chain", seconds(40...60)], site: b,
                walltime: "20s",
                signalBefore: "6s", links: 8),
            LoadTask(
                name: "failing", kind: "fail", arguments: ["fail", seconds(2...5), "3"], retries: 1,
                expect: "failed", mayFail: true),
            LoadTask(name: "deaf", kind: "deaf", arguments: ["deaf", seconds(8...15)]),
        ]
        let third: [LoadTask] = [
            LoadTask(name: "mpi-b", kind: "mpi", arguments: ["run", seconds(8...15)], site: b, nodes: 2),
            LoadTask(name: "forking", kind: "fork", arguments: ["fork", seconds(5...10), "2"]),
            LoadTask(
                name: "unwanted", kind: "deaf", arguments: ["deaf", "150"], walltime: "3m",
                expect: "cancelled",
                mayFail: true),
            LoadTask(name: "middle", kind: "run", arguments: ["run", seconds(12...20)]),
        ]
        let fourth: [LoadTask] = [
            LoadTask(name: "late-a", kind: "run", arguments: ["run", seconds(10...20)], site: a),
            LoadTask(name: "late-b", kind: "run", arguments: ["run", seconds(6...12)], site: b),
            LoadTask(name: "last", kind: "run", arguments: ["run", seconds(3...6)]),
        ]
        let lastPack = (4..<7).map { index in
            LoadTask(
                name: "packed-\(index)", kind: "pack", arguments: ["run", seconds(2...5)], site: a,
                walltime: "30s", packable: true)
        }
        let submissions = [first + pack, second, third, fourth + lastPack]
        let starts = [0.0, 22, 44, 70]
        waves = zip(submissions, starts).enumerated().map { index, wave in
            let after = wave.1 + Double.random(in: 0...5, using: &random)
            return Wave(after: after, submission: Submission(key: "wave-\(index + 1)", tasks: wave.0))
        }
        cancelled = (name: "unwanted", after: 75 + Double.random(in: 0...15, using: &random))
    }
}
