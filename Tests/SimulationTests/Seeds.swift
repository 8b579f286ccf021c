import Federation

#if canImport(Glibc)
    import Glibc
#endif

/// Runs of the simulation by their seeds.
enum Seeds {
    struct Failure: Sendable {
        var seed: UInt64
        var verdict: [String]
    }

    struct Outcome: Sendable {
        var failures: [Failure] = []
        var counts = [Int](repeating: 0, count: Fault.allCases.count)
        var moves: Set<AttemptState.Move> = []
    }

    static func setting(_ name: String) -> UInt64? { getenv(name).flatMap { UInt64(String(cString: $0)) } }

    /// The level of a seed: the three come in turn.
    static func level(of seed: UInt64) -> Int { Int(seed % 3) + 1 }

    /// What broke in that run, in words.
    static func verdict(_ seed: UInt64, disabled: Set<Clause> = []) -> [String] {
        Scenario(seed: seed, level: level(of: seed), disabled: disabled).run()
    }

    /// The run's story, line by line.
    static func trace(_ seed: UInt64, disabled: Set<Clause> = []) -> String {
        let scenario = Scenario(seed: seed, level: level(of: seed), disabled: disabled, isTraced: true)
        let verdict = scenario.run()
        let head = "seed \(seed), level \(level(of: seed))"
        return ([head] + scenario.world.trace + (verdict.isEmpty ? ["the promise held"] : verdict))
            .joined(separator: "\n")
    }

    /// Runs those seeds on two threads; stops a thread at `limit` failures.
    static func run(_ seeds: Range<UInt64>, disabled: Set<Clause> = [], limit: Int = .max) async -> Outcome {
        async let even = worker(seeds, parity: 0, disabled, limit)
        async let odd = worker(seeds, parity: 1, disabled, limit)
        var both = await even
        let other = await odd
        both.failures = (both.failures + other.failures).sorted { $0.seed < $1.seed }
        both.moves.formUnion(other.moves)
        for index in both.counts.indices { both.counts[index] += other.counts[index] }
        return both
    }

    @concurrent
    private static func worker(
        _ seeds: Range<UInt64>, parity: UInt64, _ disabled: Set<Clause>, _ limit: Int
    ) async -> Outcome {
        var outcome = Outcome()
        for seed in seeds where seed % 2 == parity {
            // Two threads are all there are: other suites get their turn between two seeds.
            await Task.yield()
            let scenario = Scenario(seed: seed, level: level(of: seed), disabled: disabled)
            let verdict = scenario.run()
            outcome.moves.formUnion(scenario.world.moves)
            for index in outcome.counts.indices { outcome.counts[index] += scenario.world.counts[index] }
            guard !verdict.isEmpty else { continue }
            outcome.failures.append(Failure(seed: seed, verdict: verdict))
            if outcome.failures.count >= limit { break }
        }
        return outcome
    }
}
