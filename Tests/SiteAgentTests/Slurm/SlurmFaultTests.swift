import Federation
import Glibc
import Testing

@testable import SiteAgent

/// Faults of the batch system itself: each test has a cluster of its own, and shows that its fault landed.
@Suite struct SlurmFaultTests {
    @Test func aFrozenControllerDuringTheSubmission() async throws {
        let cluster = try await TestCluster("plain", settings: ["MessageTimeout=3"])
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: cluster.settings())
        let coordinator = TestCoordinator([site.identity])
        let pid = try #require(try await cluster.pid(of: "slurmctld"))
        // The agent freezes the controller itself, between the run folder and sbatch.
        let agent = try site.agent(coordinator) { step in if step == .folderMade { kill(pid, SIGSTOP) } }
        let running = Task { try await agent.run() }
        let task = await coordinator.submit("echo ran >> \(scratch.path)/ran")
        #expect(
            await eventuallyAsync {
                await coordinator.attempts(task).first?.waitingReason?.contains("nobody knows") == true
            })
        #expect(ProcessStatus(pid: pid)?.state == "T", "the controller is frozen")
        kill(pid, SIGCONT)
        #expect(await eventuallyAsync(seconds: 60) { await coordinator.isSettled(task) })
        await agent.stop()
        _ = try? await running.value
        #expect(
            await coordinator.attempts(task).map { $0.end?.outcome } == [.completed], "adopted, one attempt")
        #expect(text("\(scratch.path)/ran") == "ran\n")
    }

    @Test func aSubmissionKilledAfterTheControllerTookIt() async throws {
        let cluster = try await TestCluster.plain.value
        let scratch = try Scratch()
        // An sbatch that does its work and is killed before it can tell.
        let real = try #require(cluster.shell.folders.first)
        try Folder.make("\(scratch.path)/bin")
        let fake = "#!/bin/sh\n\(real)/sbatch \"$@\" >> \(scratch.path)/ids\nkill -9 $$\n"
        try DurableFile.write(Array(fake.utf8), to: "\(scratch.path)/bin/sbatch", mode: 0o700)
        let site = try TestSite(
            scratch, settings: cluster.settings(["slurm.commands": "\(scratch.path)/bin,\(real)"]))
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("echo ran >> \(scratch.path)/ran; sleep 1")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync(seconds: 60) { await coordinator.isSettled(task) })
        }
        #expect(text("\(scratch.path)/ids").split(separator: "\n").count == 1, "the controller took one")
        #expect(await coordinator.attempts(task).map { $0.end?.outcome } == [.completed])
        #expect(text("\(scratch.path)/ran") == "ran\n")
    }

    @Test func aControllerKilledJustAfterTheStart() async throws {
        let cluster = try await TestCluster("plain", settings: ["MessageTimeout=3"])
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: cluster.settings())
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit(
            "echo ran >> \(scratch.path)/ran; sleep 12 && echo ended >> \(scratch.path)/ran")
        try await site.serve(coordinator) {
            #expect(await eventually { text("\(scratch.path)/ran") == "ran\n" })
            let pid = try #require(try await cluster.pid(of: "slurmctld"))
            try await Task.sleep(for: .seconds(3))
            kill(pid, SIGKILL)
            #expect(await eventually { ProcessIdentity(pid: pid) == nil }, "the controller is dead")
            try await Task.sleep(for: .seconds(1))
            try await cluster.start("slurmctld")
            #expect(await eventuallyAsync(seconds: 90) { await coordinator.isSettled(task) })
            // A job that Slurm starts again has time to show.
            try await Task.sleep(for: .seconds(8))
        }
        let lines = text("\(scratch.path)/ran").split(separator: "\n")
        #expect(lines.filter { $0 == "ran" }.count == 1, "\(lines)")
        let outcome = await coordinator.attempts(task).first?.end?.outcome
        #expect(outcome != nil)
        // Slurm may have killed it half-way; what it must not be called then is complete.
        #expect(outcome != .completed || lines.contains("ended"), "\(lines)")
    }

    @Test func anEndIsToldWhileTheControllerIsDead() async throws {
        let cluster = try await TestCluster("plain", settings: ["MessageTimeout=3"])
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: cluster.settings())
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("echo up > \(scratch.path)/up; sleep 12")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(task).first?.state == .started })
            // Older than what a controller that is killed forgets.
            try await Task.sleep(for: .seconds(9))
            let pid = try #require(try await cluster.pid(of: "slurmctld"))
            kill(pid, SIGKILL)
            #expect(await eventually { ProcessIdentity(pid: pid) == nil }, "the controller is dead")
            #expect(await eventuallyAsync(seconds: 30) { await coordinator.state(task) == .completed })
            #expect(try await cluster.pid(of: "slurmctld") == nil, "and still is")
            #expect(await !coordinator.isSettled(task))
            try await cluster.start("slurmctld")
            #expect(await eventuallyAsync(seconds: 60) { await coordinator.isSettled(task) })
        }
        #expect(await coordinator.attempts(task).count == 1)
    }

    @Test func aSiteWithoutAccounting() async throws {
        let cluster = try await TestCluster.plain.value
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: cluster.settings())
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("sleep 2", cores: 2)
        let killed = await coordinator.submit("touch up; sleep 600")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(killed).first?.state == .started })
            let attempt = try #require(await coordinator.attempts(killed).first)
            try await cluster.run("scancel", "--name=hansa-\(TestPack.instance)-\(attempt.pack)")
            for task in [task, killed] {
                #expect(await eventuallyAsync(seconds: 60) { await coordinator.isSettled(task) })
            }
        }
        #expect(await coordinator.state(task) == .completed)
        let usage = try #require(await coordinator.attempts(task).first?.usage)
        #expect((2...6).contains(usage.elapsedSeconds))
        #expect(usage.coresPerNode == 2)
        #expect(await coordinator.attempts(killed).first?.end?.outcome == .failed(.preempted))
    }

    private func text(_ path: String) -> String {
        String(decoding: (try? DurableFile.read(path)) ?? [], as: UTF8.self)
    }
}
