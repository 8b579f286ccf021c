import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct RestoreTests {
    /// A book restored from a backup taken before a submission: the attempt that runs at the site comes up, the
    /// submission sent again meets it, and nothing runs twice.
    @Test func aRestoredBookMeetsWhatItForgot() async throws {
        try await SampleBook.use { sample in
            let now = Instant(seconds: 1_800_100_000)
            let first = try await sample.submit(SampleBook.specs(2), key: "k")
            let keys = try await sample.claim(try await sample.proposals(hold: Amount(units: 2)))
            var agent = SampleAgent()
            try await agent.exchange(sample, .hello)
            let offers = try await agent.exchange(sample).offers
            for offer in offers {
                agent.note(.accepted(pack: offer.pack))
                agent.list(offer.members[0], of: offer, .accepted)
            }
            try await agent.exchange(sample)
            for offer in offers {
                agent.note(.submitted(pack: offer.pack, job: "job-\(offer.pack)"))
                agent.list(offer.members[0], of: offer, .started)
            }
            try await agent.exchange(sample)
            try await forget(sample)

            let generation = try await InstanceStore(pool: sample.pool).beginGeneration(now: now)
            #expect(generation == now.seconds)
            let told = try await agent.exchange(sample, now: now)
            #expect(told.newGeneration)
            // In quarantine nothing is claimed, not even for others.
            _ = try await sample.submit(SampleBook.specs(1, prefix: "new"), key: "new", now: now)
            let early = try await sample.proposals(agent: "beta-agent", now: now)
            #expect(try await sample.claim(early, now: now).isEmpty)

            agent.session = "session-2"
            try await agent.exchange(sample, .hello, now: now)
            var report = agent.document()
            report.isFull = true
            report.isSnapshot = true
            let store = ExchangeStore(pool: sample.pool, settings: ExchangeSettings())
            let applied = try await store.apply(report, now: now)
            agent.take(try await store.answer(report, applied.value, now: now).value)
            let quarantined = try await sample.pool.query("SELECT id FROM agent WHERE quarantined")
            #expect(try quarantined.map { try $0.decode("id", as: String.self) } == ["beta-agent"])
            let parked = try await sample.pool.query("SELECT count(*) AS n FROM attempt WHERE parked")
            #expect(try parked[0].decode("n", as: Int.self) == 2)
            #expect(try await sample.proof().faults == [])

            // The member's tool sends the submission again: the same tasks, and they are running already.
            let again = try await sample.submit(SampleBook.specs(2), key: "k", now: now)
            #expect(again.campaign == first.campaign)
            let tasks = try await sample.pool.query(
                "SELECT state FROM task WHERE submission = \(first.campaign) ORDER BY index")
            #expect(try tasks.map { try $0.decode("state", as: String.self) } == ["running", "running"])
            for key in keys { agent.end(key, .completed, seconds: 900, now: now) }
            try await agent.exchange(sample, now: now)
            let done = try await sample.pool.query(
                "SELECT state FROM task WHERE submission = \(first.campaign) ORDER BY index")
            #expect(try done.map { try $0.decode("state", as: String.self) } == ["completed", "completed"])
            let proof = try await sample.proof()
            #expect(proof.faults == [])
            #expect(proof.sites["alpha"]?.spent == Amount(thousandths: Amount.perUnit / 2))

            try await InstanceStore(pool: sample.pool).waive(
                agent: "beta-agent", by: SampleBook.manager, reason: "retired", now: now)
            let late = try await sample.proposals(now: now)
            let claimed = try await sample.claim(late, now: now)
            #expect(claimed.map(\.fence.generation) == [generation])
        }
    }

    /// What a restore loses: everything after the backup. The budgets' figures go back with it.
    private func forget(_ sample: SampleBook) async throws {
        for statement in [
            "DELETE FROM attempt", "DELETE FROM ready", "DELETE FROM pack", "DELETE FROM task_label",
            "DELETE FROM task_spec", "DELETE FROM task", "DELETE FROM submission", "DELETE FROM campaign",
            "UPDATE budget SET available = available + held, held = 0",
        ] as [SQL] {
            try await sample.pool.execute(statement)
        }
    }
}
