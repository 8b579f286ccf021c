import Federation
import Glibc
import Testing

@testable import SiteAgent

/// The whole agent over a real cluster with accounting; the tests share it, and do not disturb each other.
@Suite struct SlurmJobTests {
    /// A site and a coordinator for one test.
    private func make(
        _ cluster: TestCluster, _ settings: [String: String] = [:]
    ) throws -> (scratch: Scratch, site: TestSite, coordinator: TestCoordinator) {
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: cluster.settings(settings))
        return (scratch, site, TestCoordinator([site.identity], account: "project"))
    }

    @Test func aTaskRunsAndCostsWhatSlurmSays() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit(
            "echo here; env | sort > env; sleep 3; echo '{\"score\":7}' > $HANSA_OUTPUTS/result.json",
            cores: 2)
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
        }
        #expect(await it.coordinator.state(task) == .completed)
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.result?["score"]?.integer == 7)
        let usage = try #require(attempt.usage)
        let name = "hansa-\(TestPack.instance)-\(attempt.pack)"
        let text = try await cluster.run(
            "sacct", "-n", "-X", "-P", "--name=\(name)", "-S", "now-1hours", "-o",
            "ElapsedRaw,AllocCPUS,State,AllocTRES")
        let row = text.split(separator: "\n").first?.split(separator: "|").map(String.init) ?? []
        #expect(row.count == 4)
        #expect(Int64(row.first ?? "") == usage.elapsedSeconds)
        #expect(usage.elapsedSeconds >= 3)
        #expect(usage.coresPerNode == 2)
        let billed = TrackedResources(row.last ?? "").billing
        #expect(billed != nil && usage.billing == billed)
        #expect(usage.source == .siteRecord)
        #expect(!usage.estimated)
        #expect((usage.maximumResidentBytes ?? 0) > 0 || usage.cpuSeconds != nil)
        #expect(await it.coordinator.budgetFault == nil)
        let folder = RunFolder(path: "\(it.site.folder.runRootPath)/\(attempt.pack)")
        let environment = String(
            decoding: try DurableFile.read("\(folder.member(attempt.key).path)/env"), as: UTF8.self)
        #expect(environment.contains("SLURM_JOB_ID="))
        #expect(environment.contains("HANSA_ATTEMPT=\(attempt.key)"))
        #expect(!environment.contains("LC_ALL=C\n"))
    }

    @Test func ranksOnTwoNodes() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit(
            "echo $OMPI_COMM_WORLD_RANK $SLURMD_NODENAME $HANSA_ATTEMPT >> ranks", nodes: 2, ranks: 2,
            cores: 2)
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .completed, "\(attempt.end?.detail ?? "")")
        let member = RunFolder(path: "\(it.site.folder.runRootPath)/\(attempt.pack)").member(attempt.key)
        let lines = String(decoding: try DurableFile.read("\(member.path)/ranks"), as: UTF8.self)
            .split(separator: "\n").sorted().map(String.init)
        #expect(lines.count == 4)
        #expect(Set(lines.compactMap { $0.split(separator: " ").dropFirst().first }).count == 2, "\(lines)")
        #expect(lines.allSatisfy { $0.hasSuffix("\(attempt.key)") }, "ranks elsewhere have the variables too")
        #expect(attempt.usage?.nodes == 2)
    }

    @Test func ofTheWalltimeTheWrapperMakesAnEnd() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit("trap '' TERM; sleep 600 & wait; sleep 600", walltime: 4)
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .failed(.walltime))
        #expect((4...30).contains(attempt.usage?.elapsedSeconds ?? 0))
        #expect(attempt.usage?.source == .siteRecord)
    }

    @Test func aHeldJobSaysSoAndIsCancelled() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster, ["slurm.extra": "--hold"])
        let task = await it.coordinator.submit("touch ran")
        try await it.site.serve(it.coordinator) {
            #expect(
                await eventuallyAsync {
                    await it.coordinator.attempts(task).first?.waitingReason?.contains("onHold") == true
                })
            let attempt = try #require(await it.coordinator.attempts(task).first)
            let name = "hansa-\(TestPack.instance)-\(attempt.pack)"
            #expect(try await cluster.queue(name, "%r") == "JobHeldUser")
            await it.coordinator.cancel(task)
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
            #expect(try await cluster.queue(name, "%A") == "")
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .cancelled)
        #expect(attempt.usage?.elapsedSeconds ?? 0 == 0)
    }

    @Test func cancelledBehindOurBackIsTheSitesDoing() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit("touch up; sleep 600")
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync { await it.coordinator.attempts(task).first?.state == .started })
            let attempt = try #require(await it.coordinator.attempts(task).first)
            let name = "hansa-\(TestPack.instance)-\(attempt.pack)"
            #expect(try await cluster.queue(name, "%T") == "RUNNING")
            try await cluster.run("scancel", "--name=\(name)")
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .failed(.preempted), "\(attempt.end?.detail ?? "")")
        #expect(attempt.usage?.source == .siteRecord)
    }

    @Test func aRequeuedJobIsRefusedAndBothRunsCount() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit("echo ran >> \(it.scratch.path)/ran; sleep 600")
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync { await it.coordinator.attempts(task).first?.state == .started })
        }
        // Without its agent, which would cancel a second run before it starts.
        let attempt = try #require(await it.coordinator.attempts(task).first)
        let job = try await cluster.queue("hansa-\(TestPack.instance)-\(attempt.pack)", "%A")
        try await Task.sleep(for: .seconds(2))
        try await cluster.run("scontrol", "update", "job=\(job)", "requeue=1")
        try await cluster.run("scontrol", "requeue", job)
        let rows = { () async throws -> [[Substring]] in
            try await cluster.run(
                "sacct", "-n", "-X", "-D", "-P", "-j", job, "-o", "State,ExitCode,ElapsedRaw"
            ).split(separator: "\n").map { $0.split(separator: "|") }
        }
        #expect(
            try await eventuallyAsync(seconds: 60) { try await rows().contains { $0[1] == "86:0" } },
            "the second run was refused")
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
        }
        let record = try await rows()
        #expect(record.map { $0[0] } == ["REQUEUED", "FAILED"])
        let usage = try #require(await it.coordinator.attempts(task).first?.usage)
        #expect(usage.elapsedSeconds == record.compactMap { Int64($0[2]) }.reduce(0, +), "\(record)")
        #expect(usage.elapsedSeconds >= 2)
        let ran = (try? DurableFile.read("\(it.scratch.path)/ran")) ?? []
        #expect(String(decoding: ran, as: UTF8.self) == "ran\n", "the second run must not run the program")
        let end = await it.coordinator.attempts(task).first?.end
        #expect(end?.outcome == .failed(.preempted), "\(String(describing: end))")
    }

    @Test func aSecondRunThatWaitsIsCancelled() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit("sleep 600")
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync { await it.coordinator.attempts(task).first?.state == .started })
            let attempt = try #require(await it.coordinator.attempts(task).first)
            let name = "hansa-\(TestPack.instance)-\(attempt.pack)"
            let job = try await cluster.queue(name, "%A")
            try await cluster.run("scontrol", "update", "job=\(job)", "requeue=1")
            // Held besides, it would wait for ever.
            try await cluster.run("scontrol", "requeuehold", job)
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
            #expect(try await cluster.queue(name, "%A") == "")
        }
    }

    @Test func aRefusedSubmissionTellsWhy() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster, ["slurm.extra": "--qos=nothing"])
        let task = await it.coordinator.submit("touch ran")
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync { await it.coordinator.isSettled(task) })
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .failed(.rejected))
        #expect(attempt.end?.detail.contains("Invalid qos") == true, "\(attempt.end?.detail ?? "")")
    }

    /// Neither a queue that shows nothing nor a missing trace: this user is told no, and so are people.
    @Test(arguments: [126, 127, 1]) func aUserWhoMayNotSubmitIsToldSo(_ exit: Int) async throws {
        let cluster = try await TestCluster.billed.value
        let scratch = try Scratch()
        let commands = "\(scratch.path)/commands"
        try Folder.make(commands)
        for name in ["squeue", "sacct", "scancel", "scontrol", "sinfo"] {
            let there = try #require(cluster.shell.folders.first)
            #expect(symlink("\(there)/\(name)", "\(commands)/\(name)") == 0)
        }
        let script = "#!/bin/sh\necho 'sbatch: Permission denied' >&2\nexit \(exit)\n"
        try DurableFile.write(Array(script.utf8), to: "\(commands)/sbatch", mode: 0o755)
        let it = try make(cluster, ["slurm.commands": commands])
        let task = await it.coordinator.submit("touch ran")
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync { await it.coordinator.isSettled(task) })
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .failed(.rejected))
        #expect(
            attempt.end?.detail.contains("may not submit jobs here") == true, "\(attempt.end?.detail ?? "")")
        #expect(attempt.end?.detail.contains("Permission denied") == true)
        #expect(attempt.charged == .zero)
    }

    @Test func aKilledWrapperLeavesNothingOnAnyNode() async throws {
        let cluster = try await TestCluster.billed.value
        let it = try make(cluster)
        let task = await it.coordinator.submit(
            "echo $$ >> pids; exec sleep 601", nodes: 2, ranks: 1, cores: 1)
        try await it.site.serve(it.coordinator) {
            #expect(await eventuallyAsync { await it.coordinator.attempts(task).first?.state == .started })
            let attempt = try #require(await it.coordinator.attempts(task).first)
            let member = RunFolder(path: "\(it.site.folder.runRootPath)/\(attempt.pack)").member(attempt.key)
            let pids = { () -> [Int32] in
                String(decoding: (try? DurableFile.read("\(member.path)/pids")) ?? [], as: UTF8.self)
                    .split(separator: "\n").compactMap { Int32($0) }
            }
            #expect(await eventually { pids().count == 2 }, "one on each node")
            #expect(pids().allSatisfy { ProcessIdentity(pid: $0) != nil })
            let wrapper = ProcessTable.entries(
                instance: TestPack.instance.rawValue, pack: attempt.pack.rawValue
            ).first { $0.isWrapper }
            kill(try #require(wrapper).identity.pid, SIGKILL)
            #expect(
                await eventually(seconds: 15) { pids().allSatisfy { ProcessIdentity(pid: $0) == nil } },
                "nothing runs on, here or on the other node")
            #expect(await eventuallyAsync(seconds: 60) { await it.coordinator.isSettled(task) })
        }
        let attempt = try #require(await it.coordinator.attempts(task).first)
        #expect(attempt.end?.outcome != .completed)
    }
}
