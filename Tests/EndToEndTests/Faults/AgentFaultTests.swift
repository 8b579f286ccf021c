import DrillKit
import Federation
import Testing

extension EndToEndTests {
    /// The agent dies or stands still; its jobs go on without it.
    @Suite(.serialized) struct AgentFaultTests {
        @Test func killedWhileATaskRuns() async throws {
            try await Drill.run("agent-killed-running") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                try await drill.deployment.kill("north")
                try drill.release()
                try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                try await drill.deployment.startAgent("north")
                let detail = try await drill.mustComplete(task)
                try drill.demand(
                    detail.attempts.count == 1, "its job was not found again: \(detail.attempts)")
            }
        }

        /// At whatever moment between offer and start: what began goes on, what did not begins once.
        @Test(arguments: [0, 40, 150]) func killedAroundTheStart(milliseconds: Int) async throws {
            try await Drill.run("agent-killed-starting-\(milliseconds)") { drill in
                try drill.release()
                let packs = "\(drill.deployment.agentFolder("north"))/runs"
                let before = TextFile.names(in: packs).count
                let task = try await drill.submitOne()
                try await Patience.until("the pack's run folder", every: .milliseconds(2)) {
                    TextFile.names(in: packs).count > before
                }
                try await Task.sleep(for: .milliseconds(milliseconds))
                try await drill.deployment.kill("north")
                try await drill.deployment.startAgent("north")
                let detail = try await drill.over(task)
                let ran = drill.ledger(task)
                try drill.demand(
                    detail.task.state == .completed, "\(task) is \(detail.task.state): \(detail.attempts)")
                try drill.demand(ran.starts == 1 && ran.ends == 1 && ran.overlaps == 0, "\(ran)")
            }
        }

        @Test func stoppedWhileATaskRuns() async throws {
            try await Drill.run("agent-stopped") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                try await drill.deployment.process("north").stopped {
                    try drill.release()
                    try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                    try await Patience.until("the coordinator misses it", every: .milliseconds(200)) {
                        try await drill.detail(task).attempts.last?.unreachableSince != nil
                    }
                }
                let detail = try await drill.mustComplete(task)
                try drill.demand(detail.attempts.count == 1, "silence must not requeue: \(detail.attempts)")
            }
        }

        @Test func killedAgainAndAgain() async throws {
            try await Drill.run("agent-killed-often") { drill in
                let tasks = try await drill.submit(.init(members: 3))
                for round in 1...3 {
                    try await drill.deployment.kill("north")
                    try await drill.deployment.startAgent("north")
                    if round == 2 { try drill.release() }
                    try await Task.sleep(for: .milliseconds(400))
                }
                for task in tasks { try await drill.mustComplete(task) }
            }
        }
    }
}
