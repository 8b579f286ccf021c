import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct RandomMixTests {
    /// Two agents, three budgets, random ends, cancels, lost replies, sweeps and grants: whatever happens, the book
    /// balances after every round.
    @Test(arguments: [UInt64(1), 2, 3])
    func theBookBalancesWhateverHappens(_ seed: UInt64) async throws {
        try await SampleBook.use { sample in
            var random = Seeded(state: seed)
            var now = SampleBook.start
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let book = BookStore(pool: sample.pool, settings: ExchangeSettings())
            let budgets = BudgetStore(pool: sample.pool, settings: ExchangeSettings())
            for round in 0..<12 {
                now = now.adding(seconds: Int64(random.next(in: 10...400)))
                _ = try await sample.submit(
                    SampleBook.specs(random.next(in: 1...6), prefix: "r\(round)"), key: "k\(round)", now: now)
                let budget: BudgetID = random.next(in: 0...2) == 0 ? "alpha-all" : SampleBook.budget
                let packs = try await sample.proposals(
                    limit: random.next(in: 1...8), budget: budget,
                    hold: Amount(units: Int64(random.next(in: 1...5))),
                    now: now)
                _ = try await sample.claim(packs, now: now)
                try await someCycle(&agent, sample, &random, now: now)
                if random.next(in: 0...3) == 0 {
                    try await budgets.transfer(
                        Amount(units: 1), from: SampleBook.budget, to: "alpha-all", reason: "mix",
                        by: SampleBook.manager, now: now)
                }
                let victims = try await sample.pool.query(
                    "SELECT submission, index FROM task WHERE state IN ('ready', 'running') ORDER BY id LIMIT 1"
                )
                if let row = victims.first, random.next(in: 0...2) == 0 {
                    let task = TaskID(
                        submission: try row.decode("submission"),
                        index: Int(try row.decode("index", as: Int32.self)))
                    var scope = BookScope()
                    scope.tasks = [task]
                    let moment = now
                    _ = try await book.change(scope, now: now) { $0.cancel(task: task, now: moment) }
                }
                _ = try await SweepStore(pool: sample.pool, settings: ExchangeSettings()).sweep(now: now)
                #expect(try await sample.proof().faults == [], "round \(round) of seed \(seed)")
            }
        }
    }

    private func someCycle(
        _ agent: inout SampleAgent, _ sample: SampleBook, _ random: inout Seeded, now: Instant
    ) async throws {
        let offers = try await agent.exchange(sample, now: now).offers
        for offer in offers {
            switch random.next(in: 0...4) {
            case 0: agent.note(.declined(pack: offer.pack, reason: "no room"))
            case 1: break  // expires
            default:
                agent.note(.accepted(pack: offer.pack))
                for member in offer.members { agent.list(member, of: offer, .accepted) }
            }
        }
        let sent = agent.events
        let confirmed = try await agent.exchange(sample, now: now).confirmed
        if random.next(in: 0...2) == 0 { agent.events = sent }  // the reply was lost
        for offer in offers where confirmed.contains(offer.pack) {
            agent.note(.submitted(pack: offer.pack, job: "job"))
            for member in offer.members {
                agent.list(member, of: offer, .started)
                let outcomes: [Outcome] = [
                    .completed, .completed, .failed(.nonZeroExit), .failed(.lost), .cancelled,
                ]
                agent.end(
                    member.attempt, outcomes[random.next(in: 0...4)],
                    seconds: Int64(random.next(in: 0...30_000)),
                    now: now)
            }
        }
        try await agent.exchange(sample, now: now)
        agent.attempts.removeAll { $0.state == .settled }
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
private struct Seeded {
    var state: UInt64

    mutating func next(in range: ClosedRange<Int>) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return range.lowerBound + Int(z % UInt64(range.count))
    }
}
