import DrillKit
import Federation
import Glibc
import Postgres
import TestKit
import Testing

extension EndToEndTests {
    /// A clock jumps by an hour while a task runs, forth or back, the coordinator's or a site's, and another task is
    /// placed: each runs once, to its end, and costs what it took. Both may take longer than the jump; a pack that must
    /// start sooner, or end sooner, is too late by the site's own clock. (A jump under a running wrapper: WrapperTests.)
    @Suite(.serialized, .enabled(if: FakeClock.library != nil)) struct ClockFaultTests {
        @Test(arguments: [3600, -3600]) func theCoordinatorsClockJumps(_ seconds: Int) async throws {
            try await Drill.run("clock-coordinator\(seconds)") { drill in
                let clock = try FakeClock(file: "\(drill.folder)/clock")
                try await patient(drill, environment: clock.environment) {
                    let after = try await jump(drill, by: seconds, clock)
                    try drill.demand(Self.isNear(after.offeredAt, beside: seconds), "the clock did not jump")
                }
            }
        }

        @Test(arguments: [3600, -3600]) func aSitesClockJumps(_ seconds: Int) async throws {
            try await Drill.run("clock-site\(seconds)") { drill in
                let clock = try FakeClock(file: "\(drill.folder)/clock")
                try await patient(drill, environment: [:]) {
                    try await agent(drill, clock) {
                        let after = try await jump(drill, by: seconds, clock)
                        try drill.demand(
                            Self.isNear(after.startedAt, beside: seconds), "the clock did not jump")
                        try drill.demand(
                            Self.isNear(after.offeredAt, beside: 0), "the coordinator's jumped too")
                    }
                }
            }
        }

        /// Further ahead than packs may wait: whatever is placed there is too late at once. It is told so in words, asked
        /// ever more seldom, and uses none of the task's retries up.
        @Test func aSiteThatFindsEverythingTooLateIsNotAskedAgainAndAgain() async throws {
            try await Drill.run("clock-late") { drill in
                let clock = try FakeClock(file: "\(drill.folder)/clock")
                try await agent(drill, clock) {
                    try clock.move(by: 3600)
                    let task = try await drill.submitOne(.init(retries: 0))
                    try await Patience.until("three late attempts", every: .milliseconds(200)) {
                        try await Self.late(drill.detail(task)).count >= 3
                    }
                    let before = try await drill.detail(task)
                    try await Task.sleep(for: .seconds(8))
                    let detail = try await drill.detail(task)
                    // The pauses are two seconds long by now; without them there are several attempts a second.
                    let more = Self.late(detail).count - Self.late(before).count
                    try drill.demand((1...5).contains(more), "\(more) attempts within 8 s")
                    try drill.demand(
                        detail.history.contains {
                            $0.text.contains("it was not started in time; tried again, not before")
                        },
                        "\(detail.history)")
                    try drill.demand(
                        Self.late(detail).allSatisfy {
                            $0.end?.detail.contains("by the site's clock") == true
                        },
                        "\(detail.attempts)")
                    try clock.move(by: 0)
                    try drill.release()
                    try await drill.mustComplete(task)
                }
            }
        }

        private static func late(_ detail: TaskDetailView) -> [AttemptView] {
            detail.attempts.filter { $0.end?.outcome == .failed(.tooLate) }
        }

        /// A coordinator that lets packs wait for two hours.
        private func patient(
            _ drill: Drill, environment: [String: String], _ body: () async throws -> Void
        ) async throws {
            let deployment = drill.deployment
            let file = "\(drill.folder)/hansad.yaml"
            try TextFile.write(
                DrillDocuments.coordinator(
                    database: deployment.database.settings.conninfo,
                    state: "\(deployment.folder)/coordinator",
                    people: deployment.people, agents: deployment.exchange, mustStartSeconds: 7200),
                to: file)
            try await drill.running(
                "hansad", as: "/usr/bin/env", [Programs.path("hansad"), "serve", "--config", file],
                environment: environment, body)
        }

        /// The northern agent by that clock, and what it starts.
        private func agent(
            _ drill: Drill, _ clock: FakeClock, _ body: () async throws -> Void
        ) async throws {
            let folder = drill.deployment.folder
            try await drill.running(
                "north", as: "/usr/bin/env",
                [
                    Programs.path("hansa-agent"), "serve", "--folder", drill.deployment.agentFolder("north"),
                    "--config", "\(folder)/agents/north.yaml",
                ], environment: clock.environment, body)
        }

        private static func isNear(_ moment: Instant?, beside seconds: Int) -> Bool {
            guard let moment else { return false }
            return abs(moment.seconds - Int64(time(nil)) - Int64(seconds)) < 120
        }

        /// One task runs when the clock jumps, one is submitted afterwards: each runs once, to its end, and costs what
        /// it took. Answers the attempt that was made afterwards.
        private func jump(_ drill: Drill, by seconds: Int, _ clock: FakeClock) async throws -> AttemptView {
            let before = try await drill.submitOne(.init(walltime: "2h"))
            try await drill.begun(before)
            try clock.move(by: seconds)
            try await Task.sleep(for: .seconds(1))
            let after = try await drill.submit(.init(walltime: "2h"), key: "\(drill.name)-after")
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
