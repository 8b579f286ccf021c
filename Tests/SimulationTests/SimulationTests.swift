import Federation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The rules of both sides under thousands of seeded runs. `HANSA_SEEDS` says how many, `HANSA_SEED` the first one,
/// `HANSA_TRACE` prints one whole.
@Suite struct SimulationTests {
    @Test("no task is lost, none runs twice, every hour is counted once, nobody overspends")
    func promiseHolds() async {
        let first = Seeds.setting("HANSA_SEED") ?? 0
        let count = Seeds.setting("HANSA_SEEDS") ?? 2000
        let outcome = await Seeds.run(first..<first + count)
        for failure in outcome.failures.prefix(5) {
            Issue.record("seed \(failure.seed): \(failure.verdict.prefix(4).joined(separator: "; "))")
            print(Seeds.trace(failure.seed))
        }
        #expect(outcome.failures.isEmpty, "seeds \(outcome.failures.prefix(40).map(\.seed))")
        for move in outcome.moves {
            #expect(move.from.leads(to: move.to), "\(move.from) → \(move.to) is no path of the diagram")
        }
        guard count >= 2000 else { return }
        // A burnt attempt that is told of before it ends: `CoordinatorRulesTests.aBurntAttemptThatRuns`.
        for move in AttemptState.moves where !(move.from.isBurnt && move.to == .started) {
            #expect(outcome.moves.contains(move), "\(move.from) → \(move.to) never happened")
        }
        for fault in Fault.allCases {
            #expect(
                outcome.counts[fault.rawValue] > 0, "\(fault) never happened: the simulation is blind to it")
        }
    }

    @Test("a run prints its whole story", .enabled(if: Seeds.setting("HANSA_TRACE") != nil))
    func trace() {
        if let seed = Seeds.setting("HANSA_TRACE") { print(Seeds.trace(seed)) }
    }

    @Test("the same seed tells the same story")
    func isDeterministic() {
        for seed: UInt64 in 11..<20 { #expect(Seeds.trace(seed) == Seeds.trace(seed), "seed \(seed)") }
    }
}
