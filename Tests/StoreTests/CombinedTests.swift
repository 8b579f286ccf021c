import Federation
import Postgres
import Store
import TestKit
import Testing

/// Callers who come at the same time share a transaction, and notice nothing of it.
@Suite struct CombinedTests {
    private func blocked(_ sample: SampleBook, atLeast count: Int) async throws {
        while true {
            let rows = try await sample.pool.query(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND datname = current_database()
                """)
            if try rows[0].decode(0, as: Int.self) >= count { return }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func sixtyFourCallersClaimOneTaskEach() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(64), key: "k")
            let packs = try await sample.proposals()
            let keys = try await withThrowingTaskGroup(of: [AttemptKey].self) { group in
                for pack in packs { group.addTask { try await sample.claim([pack]) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(keys.allSatisfy { $0.count == 1 })
            #expect(Set(keys.flatMap(\.self)).count == 64)
            #expect(try await sample.proof().faults == [])
        }
    }

    /// The first claim waits for a lock, so that the others are sure to share a batch.
    private func together<T: Sendable>(
        _ sample: SampleBook, _ count: Int, _ call: @escaping @Sendable (Int) async throws -> T
    ) async throws -> [Int: Result<T, any Error>] {
        try await withThrowingTaskGroup(of: (Int, Result<T, any Error>).self) { group in
            try await sample.pool.transaction { connection in
                try await connection.execute("SELECT FROM budget FOR UPDATE")
                for place in 0..<count {
                    group.addTask {
                        do {
                            return (place, .success(try await call(place)))
                        } catch {
                            return (place, .failure(error))
                        }
                    }
                    if place == 0 { try await blocked(sample, atLeast: 1) }
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    @Test func aRefusedClaimAndAStaleEpochFailAlone() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(20), key: "k")
            var packs = try await sample.proposals()
            packs[7].pack = "not a well-formed name"
            let proposed = packs
            let outcomes = try await together(sample, 20) { place in
                try await sample.queue.claim(
                    [proposed[place]], epoch: place == 11 ? 0 : 1, now: SampleBook.start)
            }
            for place in 0..<20 {
                switch place {
                case 7:
                    let error = try #require(throws: PostgresError.self) { try outcomes[7]?.get() }
                    #expect(error.isCheckViolation)
                case 11: #expect(throws: StoreFault.staleEpoch(0)) { try outcomes[11]?.get() }
                default: #expect(try outcomes[place]?.get().count == 1)
                }
            }
            #expect(try await sample.proposals().count == 2)
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func aClaimThatIsLostIsFoundByItsKey() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(8), key: "k")
            let packs = try await sample.proposals()
            let call = try await sample.pool.transaction { connection in
                try await connection.execute("SELECT FROM budget FOR UPDATE")
                let call = Task { try await sample.claim(packs) }
                try await blocked(sample, atLeast: 1)
                try await sample.pool.execute(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE wait_event_type = 'Lock' AND datname = current_database()
                    """)
                return call
            }
            let error = await #expect(throws: PostgresError.self) { try await call.value }
            #expect(error?.code == .lost)
            // Nothing was repeated; the next look says what is true.
            #expect(try await sample.proposals().count == 8)
            #expect(try await sample.claim(packs).count == 8)
            #expect(try await sample.claim(packs).isEmpty)
            #expect(try await sample.proof().faults == [])
        }
    }

    @Test func aCallerWhoLeavesTakesNobodyAlong() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(3), key: "k")
            let packs = try await sample.proposals()
            let (first, staying) = try await sample.pool.transaction { connection in
                try await connection.execute("SELECT FROM budget FOR UPDATE")
                let first = Task { try await sample.claim([packs[0]]) }
                try await blocked(sample, atLeast: 1)
                let leaving = Task { try await sample.claim([packs[1]]) }
                let staying = Task { try await sample.claim([packs[2]]) }
                leaving.cancel()
                first.cancel()
                let error = await #expect(throws: PostgresError.self) { try await leaving.value }
                #expect(error?.code == .cancelled)
                return (first, staying)
            }
            // Its batch was at the server already: it learns what came of it.
            #expect(try await first.value.count == 1)
            #expect(try await staying.value.count == 1)
            #expect(try await sample.proposals().count == 1)
        }
    }

    /// Two agents' documents in one transaction; what the database refuses of one costs the other nothing.
    @Test func documentsOfSeveralAgentsShareATransaction() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            _ = try await sample.submit(SampleBook.specs(2), key: "k")
            let packs = try await sample.proposals()
            var agents = [SampleAgent(), SampleAgent(id: "beta-agent")]
            var documents: [AgentDocument] = []
            for place in agents.indices {
                var pack = packs[place]
                pack.agent = agents[place].id
                try await agents[place].exchange(sample, .hello)
                let key = try await sample.claim([pack])[0]
                let offer = try await agents[place].exchange(sample).offers[0]
                agents[place].note(.accepted(pack: offer.pack))
                agents[place].list(offer.members[0], of: offer, .accepted)
                #expect(try await agents[place].exchange(sample).confirmed == [offer.pack])
                let job = place == 0 ? "1" : String(repeating: "x", count: 300)
                agents[place].note(.submitted(pack: offer.pack, job: job))
                agents[place].end(key, .completed, seconds: 600, now: SampleBook.start)
                documents.append(agents[place].document())
            }
            let sent = documents
            let before = try await sample.pool.query("SELECT count(*) AS n FROM kept_event")
            #expect(try before[0].decode("n", as: Int.self) == 0)
            let outcomes = try await together(sample, 6) { place in
                try await sample.exchanges.apply(sent[place % 2], now: SampleBook.start)
            }
            // Each came three times; the first counted, and only that one ended its task.
            let answers = try outcomes.values.map { try $0.get() }
            #expect(answers.flatMap(\.ended).count == 2)
            #expect(answers.count { $0.value.older } == 4)
            let kept = try await sample.pool.query("SELECT agent FROM kept_event")
            #expect(try kept.map { try $0.decode("agent", as: String.self) } == ["beta-agent"])
            let ledger = try await sample.pool.query(
                "SELECT count(*) AS n FROM ledger_entry WHERE kind = 'settle'")
            #expect(try ledger[0].decode("n", as: Int.self) == 2)
            let tasks = try await sample.pool.query("SELECT DISTINCT state FROM task")
            #expect(try tasks.map { try $0.decode("state", as: String.self) } == ["completed"])
            #expect(try await sample.proof().faults == [])
        }
    }

    /// The cancel waits for the task's lock while the claim that makes its pack is under way.
    @Test func aCancelThatRacesAClaimSeesThePackMates() async throws {
        try await SampleBook.use(poolSize: 6) { sample in
            let entered = try await sample.submit(SampleBook.specs(3), key: "k")
            var pack = try await sample.proposals()[0]
            pack.members = try await sample.proposals().flatMap(\.members)
            let claim = pack
            let task = TaskID(submission: SubmissionID(entered.campaign.rawValue), index: 0)
            let (claimed, cancelled) = try await sample.pool.transaction { connection in
                try await connection.execute("SELECT FROM budget FOR UPDATE")
                let claimed = Task { try await sample.claim([claim]) }
                try await blocked(sample, atLeast: 1)
                let cancelled = Task {
                    var scope = BookScope()
                    scope.tasks = [task]
                    return try await BookStore(pool: sample.pool, settings: ExchangeSettings()).change(
                        scope, now: SampleBook.start
                    ) { $0.cancel(task: task, now: SampleBook.start) }
                }
                try await blocked(sample, atLeast: 2)
                return (claimed, cancelled)
            }
            #expect(try await claimed.value.count == 3)
            _ = try await cancelled.value
            // The pack goes on with the others, so its member stays in it as an empty slot and keeps its share.
            let rows = try await sample.pool.query(
                "SELECT state, cancel_requested, hold FROM attempt ORDER BY task")
            #expect(
                try rows.map { try $0.decode("state", as: AttemptState.self) } == [
                    .offered, .offered, .offered,
                ])
            #expect(
                try rows.map { try $0.decode("cancel_requested", as: Bool.self) } == [true, false, false])
            #expect(try rows[0].decode("hold", as: Amount.self) == Amount(units: 1))
            #expect(try await sample.proof().faults == [])
        }
    }
}
