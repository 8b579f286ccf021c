import Federation
import Testing

/// What the driver persists is all that the journal is.
@Suite struct JournalChangesTests {
    /// Rows as the agent's SQLite holds them.
    struct Rows {
        var head: JournalHead?
        var packs: [PackID: PackEntry] = [:]
        var attempts: [AttemptKey: AttemptEntry] = [:]
        var history: [AttemptKey: AttemptEntry] = [:]
        var events: [NumberedEvent] = []

        mutating func write(_ changes: JournalChanges, of journal: AgentJournal) {
            if changes.head { head = journal.head }
            for id in changes.packs { packs[id] = journal.packs[id] ?? journal.closedPacks[id] }
            for key in changes.attempts {
                attempts[key] = journal.attempts[key]
                history[key] = journal.history[key]
            }
            if changes.eventsRestarted { events = [] }
            if let through = changes.eventsDeletedThrough { events.removeAll { $0.number <= through } }
            if let from = changes.eventsAddedFrom {
                events.removeAll { $0.number >= from }
                events += journal.outbox.filter { $0.number >= from }
            }
        }
    }

    @Test("a journal read back from its rows is the same journal")
    func roundTrip() throws {
        var it = Consortium()
        var rows = Rows()
        it.enter(0)
        it.enter(1)
        let keys = try it.claim("P", [0, 1])
        let steps: [(inout Consortium) -> Void] = [
            { $0.settleDown() },
            { $0.submit("P") },
            { _ = $0.look("P", [keys[0]: $0.member(.completed)]) },
            { $0.exchange() },
            { _ = $0.look("P", [keys[1]: $0.member(.failed(.nonZeroExit))], queued: []) },
            { $0.readRecord("P", seconds: 100) },
            { $0.settleDown() },
        ]
        for step in steps {
            step(&it)
            rows.write(it.journal.takeChanges(), of: it.journal)
            #expect(it.journal.takeChanges().isEmpty)
            let head = try #require(rows.head)
            let back = AgentJournal(
                head: head, packs: Array(rows.packs.values), attempts: Array(rows.attempts.values),
                history: Array(rows.history.values), outbox: rows.events)
            #expect(back.head == it.journal.head)
            #expect(back.packs == it.journal.packs)
            #expect(back.closedPacks == it.journal.closedPacks)
            #expect(back.attempts == it.journal.attempts)
            #expect(back.history == it.journal.history)
            #expect(back.outbox == it.journal.outbox)
        }
        #expect(!rows.history.isEmpty)
    }
}
