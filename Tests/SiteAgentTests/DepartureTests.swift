import Federation
import Glibc
import Testing

@testable import SiteAgent

/// How an agent leaves, and what it says of itself before that.
@Suite struct DepartureTests {
    @Test func itLeavesOnlyWhenAllIsSettled() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let departure = Departure(site.configuration)
        let go = "\(scratch.path)/go"
        let task = await coordinator.submit("while [ ! -e \(go) ]; do sleep 0.1; done")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(task).first?.state == .started })
            await #expect(throws: AgentFault.self, "its journal is in use") {
                try await departure.leave(force: true, purge: true)
            }
        }
        await #expect {
            try await departure.leave(force: false, purge: true)
        } throws: {
            "\($0)".contains("1 attempts are not settled") && "\($0)".contains("\(task)")
        }
        #expect(DurableFile.exists(site.folder.journalPath))
        try DurableFile.write([], to: go)
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.isSettled(task) })
            // The acknowledgement of what was told last.
            try await Task.sleep(for: .milliseconds(500))
        }
        let kept = try await departure.leave(force: false, purge: false)
        #expect(kept.contains { $0.hasPrefix("left: 1 run folders") })
        try DurableFile.write([], to: "\(site.folder.path)/notes.txt")
        let purged = try await departure.leave(force: false, purge: true)
        #expect(purged.contains { $0.hasSuffix("left: notes.txt") })
        #expect(Folder.entries(site.folder.path) == ["notes.txt"], "what is not the agent's stays")
    }

    @Test func twoCyclesNeverOverlap() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let first = try site.agent(coordinator)
        let fault = #expect(throws: AgentFault.self) { _ = try site.agent(coordinator) }
        #expect(fault?.exitCode == 75 && fault?.isOverlap == true)
        await first.abandon()
        try await site.agent(coordinator).runOnce()
    }

    @Test func statusTellsWhetherAPersonIsNeeded() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        #expect(try AgentStatus(folder: site.folder).problems.first?.contains("never run") == true)
        let coordinator = TestCoordinator([site.identity])
        try await site.agent(coordinator).runOnce()
        // The test's driver serves in name only: its report is made one of a cycle.
        var report = try #require(try JSONFile.read(AgentReport.self, site.folder.statusPath))
        report.mode = .once
        func status(_ change: (inout AgentReport) -> Void) throws -> AgentStatus {
            var changed = report
            change(&changed)
            try JSONFile.write(changed, to: site.folder.statusPath)
            return try AgentStatus(folder: site.folder)
        }
        let healthy = try status { _ in }
        #expect(healthy.isHealthy && healthy.lines.last == "healthy", "\(healthy.problems)")
        #expect(try healthy.json().contains("\"isHealthy\":true"))
        #expect(try status { $0.storageFault = "no room" }.problems == ["it takes nothing new: no room"])
        #expect(try !status { $0.exchangeFault = "refused" }.isHealthy)
        #expect(try status { $0.roomFault = "too much" }.problems == ["too much"])
        let old = try status { $0.at = $0.at.adding(seconds: -4000) }
        #expect(old.problems.contains { $0.contains("its last cycle was 40") })
        let dead = try status {
            $0.mode = .serve
            $0.stoppedAt = $0.at
        }
        #expect(dead.problems.contains { $0.contains("does not run") })
        #expect(
            try status {
                $0.mode = .serve; $0.pid = getpid(); $0.stoppedAt = nil
            }.isHealthy)
        try AgentStatus.drain(folder: site.folder, on: true)
        #expect(DurableFile.exists(site.folder.drainPath))
        try AgentStatus.drain(folder: site.folder, on: false)
        #expect(!DurableFile.exists(site.folder.drainPath))
    }
}
