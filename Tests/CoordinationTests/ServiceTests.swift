import Coordination
import Federation
import Foundation
import Postgres
import Seal
import Store
import TestKit
import Testing

@Suite struct ServiceTests {
    @Test func offersExpireAndAreMadeAgain() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(1)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            #expect(try await sample.place() == 1)
            #expect(try await sample.place() == 0)
            sample.clock.advance(seconds: 200)
            try await sample.coordinator.sweeper.tick(now: sample.clock.now)
            #expect(try await sample.place() == 1)
            let offers = try await sample.exchange(&agent).offers
            #expect(offers.flatMap(\.members).map(\.attempt.fence.counter) == [2])
            #expect(try await sample.coordinator.checkLedger().faults == [])
        }
    }

    @Test func aDeclinedShapeIsNotOfferedToThatAgentForAWhile() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(1)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            let offer = try await sample.exchange(&agent).offers[0]
            agent.note(.declined(pack: offer.pack, reason: "no room"))
            try await sample.exchange(&agent)
            #expect(try await sample.place() == 0)
            sample.clock.advance(seconds: 31)
            try await sample.exchange(&agent)
            #expect(try await sample.place() == 1)
        }
    }

    @Test func aTaskGoesWhereItsInputsWereMade() async throws {
        try await SampleCoordinator.use { sample in
            let pool = sample.sample.pool
            for id in ["alpha-agent", "beta-agent"] as [AgentID] {
                var agent = SampleAgent(id: id)
                try await agent.exchange(sample.sample, .hello)
                try await agent.exchange(sample.sample)
                #expect(try await AgentStore(pool: pool).note(agent.document()))
            }
            var specs = SampleBook.specs(3)
            specs[1].inputs = [TaskInput(name: "m", artifact: "model")]
            _ = try await sample.sample.submit(specs, key: "k")
            let rows = try await pool.query("SELECT id, submission FROM task ORDER BY index")
            let campaign: String = try rows[1].decode("submission")
            var other = SampleBook.specs(1, prefix: "elsewhere")
            other[0].inputs = [TaskInput(name: "m", artifact: "\(campaign)/model")]
            _ = try await sample.sample.submit(other, key: "other")
            let task: Int64 = try rows[0].decode("id")
            // The older version is at the other site, and the depot is no site.
            for (fence, digit) in ["a", "b"].enumerated() {
                let hash = String(repeating: digit, count: 64)
                _ = try await pool.withConnection { connection in
                    try await connection.pipeline([
                        """
                        INSERT INTO manifest (sha256, bytes, files, document, seen_at)
                        VALUES (\(hash), 1048576, 1, '{"files": []}', now())
                        """,
                        """
                        INSERT INTO artifact (campaign, name, task, fence, sha256, published_at)
                        VALUES (\(campaign), 'model', \(task), \(Int64(fence + 1)), \(hash), now())
                        """,
                        """
                        INSERT INTO artifact_place (sha256, place, since)
                        VALUES (\(hash), \(digit == "a" ? "alpha" : "beta"), now()), (\(hash), 'depot', now())
                        """,
                    ])
                }
            }
            #expect(try await sample.place() == 4)
            let placed = try await pool.query(
                "SELECT t.name, a.site FROM attempt a JOIN task t ON t.id = a.task ORDER BY t.id")
            let sites = try placed.map {
                "\(try $0.decode("name", as: String.self)) \(try $0.decode("site", as: String.self))"
            }
            #expect(
                sites == ["evaluate-0 alpha", "evaluate-1 beta", "evaluate-2 alpha", "elsewhere-0 beta"])
        }
    }

    @Test func theSealerChainsAndSigns() async throws {
        try await SampleCoordinator.use { sample in
            let first = try #require(try await sample.coordinator.sealer.tick(now: sample.clock.now))
            try await sample.coordinator.grant(
                budget: SampleBook.budget, amount: "2.5", reason: "more", by: SampleCoordinator.manager)
            let second = try #require(try await sample.coordinator.sealer.tick(now: sample.clock.now))
            #expect(second.previous == first.hash)
            #expect(second.firstEntry == first.lastEntry + 1)
            let signature = try #require(Data(base64Encoded: second.signature))
            #expect(try sample.key.publicKey.verify([UInt8](signature), of: second.hash.utf8))
            let lines = try await sample.coordinator.lines(
                block: second.number, by: SampleCoordinator.auditor)
            let head = try #require(Digest(hex: second.previous))
            #expect(try HashChain.hash(previous: head, payload: lines.utf8).hex == second.hash)
            #expect(lines.contains("\t9000000\t"))
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            #expect(try await sample.exchange(&agent).newestBlock == second.hash)
        }
    }

    @Test func theAuditorAlarmsWhatDoesNotAddUp() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(1)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            #expect(try await sample.coordinator.auditor.tick(now: sample.clock.now)?.balanced == true)
            try await sample.sample.pool.execute("UPDATE attempt SET hold = hold + 1")
            #expect(try await sample.coordinator.auditor.tick(now: sample.clock.now)?.balanced == false)
            let alarms = try await sample.coordinator.alarms(
                after: nil, limit: 10, by: SampleCoordinator.manager)
            #expect(alarms.items.map(\.name) == ["bookUnbalanced"])
            try await sample.coordinator.clearAlarm(alarms.items[0].id, by: SampleCoordinator.manager)
        }
    }

    @Test func whoLostTheLeaseProposesNothing() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(1)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.sample.pool.execute("UPDATE lease SET until = now() - interval '1 minute'")
            _ = try await LeaseStore(pool: sample.sample.pool).acquire(holder: "successor", seconds: 60)
            // It still believes that it proposes: the database knows better.
            await #expect(throws: StoreFault.staleEpoch(1)) { try await sample.place() }
            try await sample.coordinator.proposer.tick()
            #expect(sample.coordinator.proposer.epoch == nil)
            #expect(try await sample.place() == 0)
        }
    }

    @Test func aSilentSitesTaskIsQueuedAgainOnlyWhenNothingCanRun() async throws {
        try await SampleCoordinator.use { sample in
            var document = SampleCoordinator.campaign(1)
            if case .object(var members) = document, case .array(var tasks)? = members["tasks"],
                case .object(var task) = tasks[0]
            {
                task["onSilence"] = .string("requeue")
                tasks[0] = .object(task)
                members["tasks"] = .array(tasks)
                document = .object(members)
            }
            _ = try await sample.coordinator.submit(
                key: "k", document: document, by: SampleCoordinator.submitter)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            let offer = try await sample.exchange(&agent).offers[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(offer.members[0], of: offer, .accepted)
            try await sample.exchange(&agent)
            let over = offer.mustEndBy.seconds(since: sample.clock.now) + 600
            sample.clock.advance(seconds: over - 10)
            try await sample.coordinator.sweeper.tick(now: sample.clock.now)
            let state = "SELECT state FROM task" as SQL
            #expect(
                try await sample.sample.pool.query(state)[0].decode("state", as: String.self) == "running")
            sample.clock.advance(seconds: 20)
            try await sample.coordinator.sweeper.tick(now: sample.clock.now)
            #expect(try await sample.sample.pool.query(state)[0].decode("state", as: String.self) == "ready")
            #expect(try await sample.coordinator.checkLedger().faults == [])
        }
    }
}
