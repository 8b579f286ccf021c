import DrillKit
import Federation
import Testing

extension EndToEndTests {
    /// The coordinator dies or stands still at any moment of a task's life.
    @Suite(.serialized) struct CoordinatorFaultTests {
        @Test func killedWhileATaskRuns() async throws {
            try await Drill.run("coordinator-killed-running") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                try await drill.deployment.kill("hansad")
                try drill.release()
                // Its end is told to a coordinator that was not there when it came.
                try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                try await drill.deployment.startCoordinator()
                let detail = try await drill.mustComplete(task)
                try drill.demand(detail.attempts.count == 1, "\(detail.attempts)")
            }
        }

        @Test func killedRightAfterEachSubmission() async throws {
            try await Drill.run("coordinator-killed-submitting") { drill in
                try drill.release()
                var tasks: [TaskID] = []
                for round in 1...3 {
                    tasks += try await drill.submit(key: "submitting-\(round)")
                    try await drill.deployment.kill("hansad")
                    try await drill.deployment.startCoordinator()
                    let again = try await drill.submit(key: "submitting-\(round)")
                    try drill.demand(again.allSatisfy(tasks.contains), "\(again) are new tasks")
                }
                for task in tasks { try await drill.mustComplete(task) }
            }
        }

        @Test func stoppedWhileATaskEnds() async throws {
            try await Drill.run("coordinator-stopped") { drill in
                let task = try await drill.submitOne(.init(site: "south"))
                try await drill.begun(task)
                try await drill.deployment.process("hansad").stopped {
                    try drill.release()
                    try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                    // Longer than its own lease: it wakes up as one that may not propose.
                    try await Task.sleep(for: .seconds(2.5))
                }
                try await drill.mustComplete(task)
            }
        }

        @Test func askedToEndAndStartedAgain() async throws {
            try await Drill.run("coordinator-terminated") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                let process = try await drill.deployment.process("hansad")
                try await drill.deployment.end("hansad")
                try drill.demand(!process.isAlive, "it still runs")
                try await drill.deployment.startCoordinator()
                try drill.release()
                try await drill.mustComplete(task)
            }
        }
    }
}
