import Federation
import Testing

@Suite struct TaskStateTests {
    @Test("no event leads two ways out of a state, and only a completion changes what has ended")
    func table() {
        var seen: Set<String> = []
        for row in TaskState.transitions {
            #expect(seen.insert("\(row.from) \(row.event)").inserted)
            #expect(row.from.applying(row.event) == row.to)
            if row.from.hasEnded { #expect(row.event == .completed) }
        }
        #expect(TaskState.completed.applying(.completed) == nil)
        #expect(TaskState.ready.applying(.exhausted) == nil)
    }

    @Test("every state can be reached, every event means something")
    func isConnected() {
        let reached = Set(TaskState.transitions.map(\.to)).union([.waiting])
        #expect(reached == Set(TaskState.allCases))
        #expect(Set(TaskState.transitions.map(\.event)) == Set(TaskEvent.allCases))
    }
}
