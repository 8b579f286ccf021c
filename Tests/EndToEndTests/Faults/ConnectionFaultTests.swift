import DrillKit
import Federation
import Testing

extension EndToEndTests {
    /// The southern agent's connections are cut at chosen bytes, answers are lost, and the link is down.
    @Suite(.serialized) struct ConnectionFaultTests {
        /// At its first byte, in the handshake, in the certificate, and in the request.
        @Test func cutWhileTheAgentSpeaks() async throws {
            try await spoiled(
                "link-asking", [1, 900, 2000, 3400].map { .cutAsking(afterBytes: $0) })
        }

        /// In the handshake, in the head of an answer, and in its body.
        @Test func cutWhileTheCoordinatorSpeaks() async throws {
            try await spoiled(
                "link-answering", [700, 2300, 2900].map { .cutAnswering(afterBytes: $0) })
        }

        /// The coordinator has done what was asked, and nobody hears of it.
        @Test func answersAreLost() async throws {
            try await spoiled("link-swallowed", Array(repeating: .swallowAnswer, count: 2))
        }

        /// Spoils one connection after the other while a task is offered, starts, runs or ends; each of them completes,
        /// once. In between the agent gets through, because after every failure it waits longer.
        private func spoiled(_ name: String, _ rules: [FaultyProxy.Rule]) async throws {
            try await Drill.run(name) { drill in
                let proxy = drill.deployment.proxy
                try drill.release()
                var tasks: [TaskID] = []
                for (round, rule) in rules.enumerated() {
                    proxy.spoil([rule])
                    tasks += try await drill.submit(.init(site: "south"), key: "\(name)-\(round)")
                    try await Patience.until("the fault \(rule)") { proxy.landed == [rule] }
                    for task in tasks { try await drill.begun(task) }
                }
                proxy.restore()
                for task in tasks { try await drill.mustComplete(task) }
            }
        }

        /// The link is down from before the start's report until after the end.
        @Test func theLinkIsDown() async throws {
            try await Drill.run("link-down") { drill in
                let proxy = drill.deployment.proxy
                let task = try await drill.submitOne(.init(site: "south"))
                try await drill.begun(task)
                proxy.cut()
                try drill.release()
                try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                try await Patience.until("refused connections") { proxy.refused >= 2 }
                try await Patience.until("the site counts as unreachable", every: .milliseconds(200)) {
                    try await drill.detail(task).attempts.last?.unreachableSince != nil
                }
                let held = try #require(try await drill.detail(task).attempts.last)
                try drill.demand(held.hold > .zero, "what runs out of sight stays held")
                // A cancellation now would come too late: the work is done.
                proxy.restore()
                let detail = try await drill.mustComplete(task)
                try drill.demand(detail.attempts.count == 1, "\(detail.attempts)")
            }
        }

        /// A cancellation while the link is down waits for the site's word.
        @Test func cancelledWhileTheLinkIsDown() async throws {
            try await Drill.run("link-down-cancel") { drill in
                let proxy = drill.deployment.proxy
                let task = try await drill.submitOne(.init(site: "south"))
                try await drill.begun(task)
                // The coordinator must know that it runs, or it would still be withdrawing an offer.
                try await Patience.until("the coordinator knows of the start", every: .milliseconds(200)) {
                    try await drill.detail(task).attempts.last?.state == .started
                }
                proxy.cut()
                _ = try await drill.deployment.hansa(["cancel", "\(task)"], as: "sam").exiting()
                try await Patience.until("refused connections") { proxy.refused >= 1 }
                try drill.demand(try await drill.detail(task).task.state == .running, "it cannot have ended")
                proxy.restore()
                let detail = try await drill.over(task)
                try drill.demand(detail.task.state == .cancelled, "\(detail.task.state)")
                let ran = drill.ledger(task)
                try drill.demand(ran.starts == 1 && ran.ends == 0, "\(ran)")
            }
        }
    }
}
