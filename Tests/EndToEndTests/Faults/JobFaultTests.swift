import Federation
import Glibc
import Testing

extension EndToEndTests {
    /// Parts of a job die or stand still: wrapper, watchdog, mpirun, a rank.
    @Suite(.serialized) struct JobFaultTests {
        /// Kills that part of a running task's job. The attempt ends badly, nothing of it is left, and the next one
        /// completes.
        @Test(arguments: ["wrapper", "watchdog", "mpirun", "rank", "program"]) func killed(part: String)
            async throws
        {
            try await Drill.run("job-killed-\(part)") { drill in
                let isParallel = part == "mpirun" || part == "rank"
                let task = try await drill.submitOne(.init(ranks: isParallel ? 2 : 1))
                try await drill.begun(task)
                let first = try #require(HostProcess(pid: drill.ledger(task).newest ?? 0))
                try await drill.process(part, of: task).killed()
                try await Patience.until("the end of what the first attempt ran") { !first.isAlive }
                try await drill.begun(task, times: 2)
                try drill.release()
                let detail = try await drill.mustComplete(task, starts: 2)
                try drill.demand(detail.attempts.count == 2, "\(detail.attempts)")
                let charged = detail.attempts.allSatisfy { $0.charged > .zero }
                try drill.demand(charged, "both attempts used something: \(detail.attempts)")
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

        /// A rank that stands still for a while only takes longer.
        @Test(arguments: ["mpirun", "rank"]) func stopped(part: String) async throws {
            try await Drill.run("job-stopped-\(part)") { drill in
                let task = try await drill.submitOne(.init(ranks: 2))
                try await drill.begun(task)
                try await drill.process(part, of: task).stopped {
                    try drill.release()
                    try await Task.sleep(for: .milliseconds(800))
                }
                try await drill.mustComplete(task)
            }
        }
    }
}
