import Federation
import Glibc
import Testing

@testable import SiteAgent

/// The launcher by itself, over a real cluster and over commands that are not quite Slurm's.
@Suite struct SlurmLauncherTests {
    private func launcher(
        _ cluster: TestCluster, folders: [String] = [], place: String = "main", seconds: Int64 = 20
    ) -> SlurmLauncher {
        var slurm = SlurmSettings()
        slurm.configuration = cluster.shell.configuration
        slurm.commands = folders + cluster.shell.folders
        slurm.partitions = ["local": place]
        slurm.commandSeconds = seconds
        return SlurmLauncher(
            site: .init(
                instance: TestPack.instance, partitions: [PartitionID("local")], executable: agentProgram,
                maximumJobs: 20, maximumWalltimeSeconds: 86_400, killSeconds: 1, slurm: slurm),
            controlFolder: "/tmp")
    }

    private func command(_ scratch: Scratch, _ name: String, _ text: String) throws -> String {
        let folder = "\(scratch.path)/\(RandomName.make())"
        try Folder.make(folder)
        try DurableFile.write(Array("#!/bin/sh\n\(text)\n".utf8), to: "\(folder)/\(name)", mode: 0o755)
        return folder
    }

    @Test func theSitesLimitsTighten() async throws {
        let cluster = try await TestCluster.billed.value
        let launcher = launcher(cluster, place: "limited")
        let capacity = try #require(await launcher.capacity(openPacks: 0).first)
        #expect(capacity.freeJobs == 4)
        #expect(capacity.maximumWalltimeSeconds == 3600)
        #expect(await launcher.capacity(openPacks: 3).first?.freeJobs == 1)
        let scratch = try Scratch()
        var offer = try TestPack(below: scratch.path, scripts: ["true"]).offer
        #expect(launcher.fault(of: offer) == nil)
        offer.resources.nodes = 2
        #expect(launcher.fault(of: offer)?.contains("nodes") == true)
        offer.resources.nodes = 1
        offer.resources.walltimeSeconds = 3601
        #expect(launcher.fault(of: offer)?.contains("3600") == true)
        offer.partition = PartitionID("elsewhere")
        #expect(launcher.fault(of: offer)?.contains("elsewhere") == true)
    }

    @Test func aPartitionThatOpensAgainIsSeenSoon() async throws {
        let cluster = try await TestCluster.plain.value
        let scratch = try Scratch()
        let real = try #require(cluster.shell.folders.first)
        let closed = "\(scratch.path)/closed"
        try DurableFile.write([], to: closed)
        let folder = try command(
            scratch, "scontrol",
            "[ -e \(closed) ] || exec \(real)/scontrol \"$@\"\n\(real)/scontrol \"$@\" | sed 's/State=UP/State=DOWN/'"
        )
        let launcher = launcher(cluster, folders: [folder])
        let capacity = try #require(await launcher.capacity(openPacks: 0).first)
        #expect(capacity.freeJobs == 0)
        #expect(capacity.remark?.contains("takes no jobs") == true)
        unlink(closed)
        #expect(await launcher.capacity(openPacks: 0).first?.freeJobs == 0, "not at every look")
        launcher.limitsAt = WallClock.sinceBoot() - (SlurmLauncher.closedSeconds + 1) * 1_000_000
        #expect(await launcher.capacity(openPacks: 0).first?.freeJobs == 20)
    }

    @Test func aBannerIsNoAnswerAndNoFault() async throws {
        let cluster = try await TestCluster.plain.value
        let scratch = try Scratch()
        let real = try #require(cluster.shell.folders.first)
        let banner = "echo 'Maintenance on Monday|1|RUNNING'; echo 'see the wiki' >&2;"
        let loud = try command(scratch, "squeue", "\(banner) exec \(real)/squeue \"$@\"")
        #expect(await launcher(cluster, folders: [loud]).queue() != nil)
        let mute = try command(scratch, "squeue", "\(banner) exit 0")
        #expect(await launcher(cluster, folders: [mute]).queue() == nil, "nothing of squeue's own")
        let empty = try command(scratch, "squeue", "exit 0")
        #expect(await launcher(cluster, folders: [empty]).queue() == nil)
        let warned = try command(
            scratch, "squeue", "\(real)/squeue \"$@\"; [ \"$1\" = --version ] || echo odd >&2")
        #expect(await launcher(cluster, folders: [warned]).queue() == nil, "something was said beside it")
        let denied = try command(scratch, "squeue", "echo 'squeue: Permission denied' >&2; exit 126")
        let closed = launcher(cluster, folders: [denied])
        #expect(await closed.queue() == nil)
        #expect(await closed.capacity(openPacks: 0).first?.freeJobs == 0)
        let variables = try command(
            scratch, "squeue",
            "env | grep -E '^(SLURM|SBATCH|SQUEUE)' | grep -v -e _CONF= -e _TIME_FORMAT= >&2; exec \(real)/squeue \"$@\""
        )
        #expect(await launcher(cluster, folders: [variables]).queue() != nil, "no variable comes along")
    }

    @Test func onlyTheExactNameIsOurs() async throws {
        let cluster = try await TestCluster.plain.value
        let launcher = launcher(cluster)
        let pack = RandomName.make()
        let key = "hansa-\(TestPack.instance)-\(pack)"
        for name in [key.uppercased(), "\(key) ", "x\(key)", "\(key)\n\(key)", "hansa-other-\(pack)"] {
            try await cluster.run(
                "sbatch", "--hold", "-o", "/dev/null", "--mem=10", "-J", name, "--wrap", "true")
        }
        let others = try #require(await launcher.queue())
        #expect(others.packs.keys.filter { $0.rawValue.contains(pack) } == [])
        try await cluster.run("sbatch", "--hold", "-o", "/dev/null", "--mem=10", "-J", key, "--wrap", "true")
        let reading = try #require(await launcher.queue())
        #expect(reading.packs[PackID(pack)]?.ids.count == 1)
        #expect(reading.packs[PackID(pack)]?.waitingReason?.hasPrefix("onHold") == true)
        await launcher.cancel(PackID(pack))
        #expect(await eventuallyAsync { await launcher.queue()?.packs[PackID(pack)] == nil })
        for name in [key.uppercased(), "\(key) ", "x\(key)", "hansa-other-\(pack)"] {
            #expect(try await cluster.queue(name, "%T") == "PENDING", "\(name) is somebody else's")
            try await cluster.run("scancel", "--name=\(name)")
        }
    }

    /// No node is as the job wants them when its turn comes, and Slurm sets it aside, also when there are such nodes again.
    @Test func aJobThatSlurmSetAsideIsBroughtBack() async throws {
        let cluster = try await TestCluster.plain.value
        let launcher = launcher(cluster)
        let key = "hansa-\(TestPack.instance)-\(RandomName.make())"
        func features(_ words: String) async throws {
            try await cluster.run(
                "scontrol", "update", "NodeName=plain-n[1-2]", "AvailableFeatures=\(words)",
                "ActiveFeatures=\(words)")
        }
        try await features("ink")
        try await cluster.run(
            "sbatch", "--begin=now+2", "-C", "ink", "-o", "/dev/null", "--mem=10", "-J", key, "--wrap",
            "sleep 1")
        try await features("")
        #expect(
            await eventuallyAsync(seconds: 60) {
                (try? await cluster.queue(key, "%r %Q")) == "BadConstraints 0"
            })
        try await features("ink")
        #expect(await launcher.queue() != nil)
        #expect(
            await eventuallyAsync(seconds: 60) {
                ["RUNNING", "COMPLETING", ""].contains((try? await cluster.queue(key, "%T")) ?? "?")
            })
        try await features("")
    }

    @Test func aDeadMungeIsATimeOut() async throws {
        let cluster = try await TestCluster("plain")
        let launcher = launcher(cluster, seconds: 2)
        #expect(await launcher.queue() != nil)
        let pid = try #require(try await cluster.pid(of: "munged"))
        kill(pid, SIGKILL)
        #expect(await eventually { ProcessIdentity(pid: pid) == nil })
        let before = WallClock.sinceBoot()
        #expect(await launcher.queue() == nil)
        #expect(WallClock.sinceBoot() - before < 6_000_000, "the command's own patience is 49 s")
        let capacity = try #require(await launcher.capacity(openPacks: 0).first)
        #expect(capacity.freeJobs == 0)
        #expect(capacity.remark?.contains("does not answer") == true)
        try await cluster.start("munged")
        #expect(await eventuallyAsync(seconds: 60) { await launcher.queue() != nil })
        #expect(await launcher.capacity(openPacks: 0).first?.freeJobs == 20)
    }
}
