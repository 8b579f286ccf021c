import DrillKit
import Federation
import Glibc
import Testing

extension EndToEndTests {
    /// The coordinator's clock jumps ahead by an hour while a task runs, and another is placed. Not backwards, nor a
    /// site's: packs of these drills must start within two minutes, which such a jump makes too late for all of them.
    /// (A jump under a running wrapper: WrapperTests.)
    @Suite(.serialized, .enabled(if: FakeClock.library != nil)) struct ClockFaultTests {
        @Test(arguments: [3600]) func theCoordinatorsClockJumps(_ seconds: Int) async throws {
            try await Drill.run("clock-coordinator\(seconds)") { drill in
                let clock = try FakeClock(file: "\(drill.folder)/clock")
                try await drill.running(
                    "hansad", as: "/usr/bin/env",
                    [
                        Programs.path("hansad"), "serve", "--config",
                        "\(drill.deployment.folder)/hansad.yaml",
                    ], environment: clock.environment
                ) {
                    let after = try await jump(drill, by: seconds, clock)
                    try drill.demand(Self.isNear(after.offeredAt, beside: seconds), "the clock did not jump")
                }
            }
        }

        private static func isNear(_ moment: Instant?, beside seconds: Int) -> Bool {
            guard let moment else { return false }
            return abs(moment.seconds - Int64(time(nil)) - Int64(seconds)) < 120
        }

        /// One task runs when the clock jumps, one is submitted afterwards: each runs once, to its end, and costs what
        /// it took. Answers the attempt that was made afterwards.
        private func jump(_ drill: Drill, by seconds: Int, _ clock: FakeClock) async throws -> AttemptView {
            let before = try await drill.submitOne(.init(walltime: "50m"))
            try await drill.begun(before)
            try clock.move(by: seconds)
            try await Task.sleep(for: .seconds(1))
            let after = try await drill.submit(.init(walltime: "50m"), key: "\(drill.name)-after")
            for task in after { try await drill.begun(task) }
            try drill.release()
            var newest: AttemptView?
            for task in [before] + after {
                let detail = try await drill.mustComplete(task)
                let last = try #require(detail.attempts.last)
                try drill.demand(detail.attempts.allSatisfy { $0 == last || $0.state.isBurnt }, "\(detail)")
                let ran = last.usage?.elapsedSeconds ?? 0
                try drill.demand((1...120).contains(ran), "\(task) ran for \(ran) s by its usage")
                try drill.demand(
                    last.charged == Amount(thousandths: ran * 1000), "\(last.charged) for \(ran) s")
                newest = last
            }
            return try #require(newest)
        }
    }
}
