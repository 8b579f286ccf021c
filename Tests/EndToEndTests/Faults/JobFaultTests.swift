import DrillKit
import Federation
import Glibc
import Testing

extension EndToEndTests {
    /// Parts of a job die or stand still: wrapper, watchdog, mpirun, a rank.
    @Suite(.serialized) struct JobFaultTests {
        /// Submits a task for each part, side by side, and waits until all of them run. Ranks need mpirun.
        private func running(_ parts: [String], _ drill: Drill) async throws -> [(part: String, task: TaskID)]
        {
            var tasks: [(part: String, task: TaskID)] = []
            for part in parts {
                let ranks = part == "mpirun" || part == "rank" ? 2 : 1
                let submitted = try await drill.submit(.init(ranks: ranks), key: "\(drill.name)-\(part)")
                tasks += submitted.map { (part, $0) }
            }
            for entry in tasks { try await drill.begun(entry.task) }
            return tasks
        }

        /// Of each task another part is killed. The attempt ends badly, nothing of it is left, and the next one
        /// completes.
        @Test func killed() async throws {
            try await Drill.run("job-killed") { drill in
                let tasks = try await running(["wrapper", "watchdog", "program", "mpirun", "rank"], drill)
                var first: [HostProcess] = []
                for (part, task) in tasks {
                    first.append(try #require(HostProcess(pid: drill.ledger(task).newest ?? 0), "\(part)"))
                    try await drill.process(part, of: task).killed()
                }
                try await Patience.until("the end of what the first attempts ran") {
                    !first.contains { $0.isAlive }
                }
                for (_, task) in tasks { try await drill.begun(task, times: 2) }
                try drill.release()
                for (part, task) in tasks {
                    let attempts = try await drill.mustComplete(task, starts: 2).attempts
                    try drill.demand(attempts.count == 2, "\(part): \(attempts)")
                    try drill.demand(
                        attempts.allSatisfy { $0.charged > .zero }, "\(part): both used something")
                }
            }
        }

        /// A wrapper that stands still writes no heartbeats: its watchdog ends everything, and only then does another
        /// attempt begin.
        @Test func wrapperStopped() async throws {
            try await Drill.run("job-stopped-wrapper") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                let first = try #require(HostProcess(pid: drill.ledger(task).newest ?? 0))
                let wrapper = try await drill.process("wrapper", of: task)
                try await wrapper.stopped {
                    try await Patience.until("the watchdog's work") { !first.isAlive && !wrapper.isAlive }
                }
                try drill.release()
                try await drill.mustComplete(task, starts: 2)
            }
        }

        /// Nobody needs the watchdog while the wrapper does its work.
        @Test func watchdogStopped() async throws {
            try await Drill.run("job-stopped-watchdog") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                try await drill.process("watchdog", of: task).stopped {
                    try drill.release()
                    try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                }
                try await drill.mustComplete(task)
            }
        }

        /// A rank that stands still for a while only takes longer, and so does mpirun.
        @Test func stopped() async throws {
            try await Drill.run("job-stopped") { drill in
                let tasks = try await running(["mpirun", "rank"], drill)
                let mpirun = try await drill.process("mpirun", of: tasks[0].task)
                let rank = try await drill.process("rank", of: tasks[1].task)
                try await mpirun.stopped {
                    try await rank.stopped {
                        try drill.release()
                        try await Task.sleep(for: .milliseconds(800))
                    }
                }
                for (_, task) in tasks { try await drill.mustComplete(task) }
            }
        }
    }
}
