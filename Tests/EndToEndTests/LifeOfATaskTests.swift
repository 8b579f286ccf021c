import DrillKit
import Federation
import Testing
import Wire

extension EndToEndTests {
    /// What a member does and sees, with nothing going wrong but the program itself.
    @Suite(.serialized) struct LifeOfATaskTests {
        @Test func fromSubmissionToTheLedger() async throws {
            try await Drill.run("life") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                let why = try await drill.deployment.hansa(["why", "\(task)"], as: "sam").exiting()
                try drill.demand(why.output.contains("north"), "\(why)")
                let queue = try await drill.deployment.hansa(["queue"], as: "sam").exiting()
                try drill.demand(queue.output.contains("\(task)"), "\(queue)")
                try drill.release()
                let detail = try await drill.mustComplete(task)
                let attempt = try #require(detail.attempts.last)
                #expect(detail.attempts.count == 1)
                #expect(attempt.hold == .zero && attempt.charged > .zero && attempt.settledAt != nil)
                #expect(attempt.job?.isEmpty == false && attempt.end?.exit == 0)
                let usage = try #require(attempt.usage)
                // One core: what was charged is the seconds that it ran, in thousandths of a core-second.
                #expect(attempt.charged.thousandths >= usage.elapsedSeconds * 1000)
                let shown = try await drill.deployment.hansa(["show", "\(task)"], as: "sam").exiting()
                #expect(shown.output.contains("completed") && shown.output.contains("north"))
                let log = try await drill.deployment.hansa(["logs", "\(task)"], as: "sam").exiting()
                #expect(log.output.contains("did the work of \(task)"))
                let entries: [EntryView] = try await drill.deployment.hansa(["audit", "entries", "--json"])
                    .value()
                #expect(entries.filter { $0.attempt == attempt.key && $0.kind == .settle }.count == 1)
                _ = try await drill.deployment.hansa(["audit", "check"]).exiting()
            }
        }

        @Test func submittedAgainUnderItsKeyItIsTheSame() async throws {
            try await Drill.run("again") { drill in
                try drill.release()
                let first = try await drill.submit()
                let second = try await drill.submit()
                try drill.demand(first == second, "\(first) and \(second)")
                for task in first { try await drill.mustComplete(task) }
                let other = try await drill.deployment.hansa(
                    ["submit", "\(drill.deployment.folder)/programme.yaml", "--key", "again"], as: "sam")
                try drill.demand(other.exit == 67 || other.exit == 65, "\(other)")
            }
        }

        @Test func aFailingProgramIsTriedAgainAndThenFails() async throws {
            try await Drill.run("failing") { drill in
                try drill.release()
                let task = try await drill.submitOne(.init(exit: 3, retries: 1))
                let detail = try await drill.over(task)
                #expect(detail.task.state == .failed)
                #expect(drill.ledger(task).starts == 2 && drill.ledger(task).overlaps == 0)
                #expect(
                    detail.attempts.map { $0.end?.outcome } == [.failed(.nonZeroExit), .failed(.nonZeroExit)])
                #expect(detail.attempts.allSatisfy { $0.charged > .zero })
                let shown = try await drill.deployment.hansa(["show", "\(task)"], as: "sam").exiting()
                #expect(shown.output.contains("nonZeroExit") && shown.output.contains("exit 3"))
            }
        }

        @Test func aChainOfTwoLinks() async throws {
            try await Drill.run("chain") { drill in
                try drill.release()
                let task = try await drill.submitOne(.init(site: nil, links: 2))
                let detail = try await drill.mustComplete(task, starts: 2)
                #expect(drill.ledger(task).continuations == 1)
                #expect(detail.attempts.map { $0.end?.outcome } == [.continues, .completed])
                #expect(Set(detail.attempts.map(\.site)).count == 1, "a chain stays at its site")
                #expect(detail.task.links >= 1)
            }
        }

        @Test func cancelledWhileItWaits() async throws {
            try await Drill.run("cancel-waiting") { drill in
                // Nobody has that many free cores while the first one runs.
                let first = try await drill.submitOne(.init(ranks: 8))
                try await drill.begun(first)
                let second = try await drill.submit(
                    document: Self.wide(drill), key: "cancel-waiting-2")
                for task in second {
                    _ = try await drill.deployment.hansa(["cancel", "\(task)"], as: "sam").exiting()
                    let detail = try await drill.over(task)
                    try drill.demand(detail.task.state == .cancelled, "\(detail.task.state)")
                    try drill.demand(drill.ledger(task).starts == 0, "\(drill.ledger(task))")
                }
                try drill.release()
                try await drill.mustComplete(first)
            }
        }

        private static func wide(_ drill: Drill) -> String {
            """
            name: cancel-waiting-2
            programme: drills
            activity: test
            tasks:
              - name: wide
                kind: data
                program: \(drill.deployment.folder)/work.sh
                arguments: ["\(drill.folder)"]
                resources: {cores: 8, memory: 64MiB, walltime: 60s}
                sites: [north]
            """
        }

        @Test func cancelledWhileItRuns() async throws {
            try await Drill.run("cancel-running") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                _ = try await drill.deployment.hansa(["cancel", "\(task)"], as: "sam").exiting()
                let detail = try await drill.over(task)
                try drill.demand(detail.task.state == .cancelled, "\(detail.task.state)")
                let ran = drill.ledger(task)
                try drill.demand(ran.starts == 1 && ran.ends == 0, "\(ran)")
                try drill.demand(detail.attempts.last?.charged ?? .zero > .zero, "what it used is charged")
                let left = HostProcess.all { $0.variables["HANSA_TASK"] == "\(task)" }
                try drill.demand(left.isEmpty, "still runs: \(left)")
            }
        }

        @Test func severalShareAJob() async throws {
            try await Drill.run("pack") { drill in
                try drill.release()
                let tasks = try await drill.submit(.init(members: 4))
                try drill.demand(tasks.count == 4, "\(tasks)")
                var packs: [PackID: Int] = [:]
                for task in tasks {
                    let detail = try await drill.mustComplete(task)
                    if let pack = detail.attempts.last?.pack { packs[pack, default: 0] += 1 }
                }
                try drill.demand(packs.values.contains { $0 > 1 }, "no two of them shared a job: \(packs)")
                let shown = try await drill.deployment.hansa(["show", "pack"], as: "sam").exiting()
                try drill.demand(shown.output.contains("4 completed"), "\(shown)")
            }
        }
    }
}
