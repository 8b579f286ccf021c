import DrillKit
import FoundationEssentials
import Glibc

/// The process of one seed, in mounts of its own: brings everything up, runs, collects, and takes everything down.
struct SeedProcess {
    let options: DrillOptions
    let number: Int

    private var folder: String { "\(options.folder)/\(number)" }

    /// Exits with 0 where the seed ran through, whatever came of it; the judge tells that.
    func run() async -> Int32 {
        do {
            try Self.clear(folder)
            let timeline = try Timeline(path: "\(folder)/timeline.jsonl")
            let clusters = DrillClusters(
                root: options.root, folder: "\(folder)/clusters", logs: "\(folder)/logs")
            // Before the janitor: the server is ended, and its folder removed, by a shell of its own.
            let postgres = try await DrillPostgres()
            let janitor = try Self.janitor(clusters)
            Self.endOnSignal(janitor)
            let code = await run(timeline, clusters, postgres)
            try await janitor.clean()
            return code
        } catch {
            Report.say("seed \(number): \(error)")
            return 3
        }
    }

    private func run(_ timeline: Timeline, _ clusters: DrillClusters, _ postgres: DrillPostgres) async
        -> Int32
    {
        let kinds = FaultCatalogue.kinds.filter { options.isLong || !$0.isLong }
        let schedule =
            options.faults.isEmpty
            ? Schedule(seed: number, kinds: kinds) : Schedule(seed: number, only: options.faults)
        var running: Seed?
        var code: Int32 = 0
        do {
            let setUp = SetUp(
                number: number, folder: folder, root: options.root, timeline: timeline, clusters: clusters,
                postgres: postgres)
            let seed = try await setUp.seed()
            running = seed
            timeline.note(event: "note", evidence: "everything is up")
            let run = SeedRun(seed: seed, schedule: schedule)
            do {
                try await run.run()
            } catch {
                code = 3
                Report.say("seed \(number): \(error)")
            }
            let collection = Collection(seed: seed)
            try await collection.plan(faults: schedule.drills.map(\.kind))
            try await collection.collect()
        } catch {
            code = 3
            timeline.note(event: "note", evidence: "\(error)")
            Report.say("seed \(number): \(error)")
        }
        if let running { await keepState(running) }
        return code
    }

    /// What would be gone with the mounts and the processes: for whoever looks into a failing seed.
    private func keepState(_ seed: Seed) async {
        let state = "\(folder)/state"
        mkdir(state, 0o700)
        for site in seed.sites {
            try? await site.agent.end()
            _ = try? await seed.command(
                "/bin/cp", ["-a", site.agent.folder, "\(state)/agent-\(site.name)"], seconds: 60)
            let logs = site.configuration.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/log"
            _ = try? await seed.command("/bin/cp", ["-a", logs, "\(state)/slurm-\(site.name)"], seconds: 60)
        }
        try? await seed.coordinator.endSecond()
        try? await seed.coordinator.end()
        try? await DatabaseTools(seed).dump(to: "\(state)/database.dump")
        _ = try? await seed.command(
            "/bin/cp", ["\(seed.postgres.folder)/log", "\(state)/postgres.log"], seconds: 60)
        for site in seed.sites { AgentDisk.unmount(folder: site.agent.folder) }
    }

    private static func clear(_ folder: String) throws {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: "\(folder)/logs", withIntermediateDirectories: true)
    }

    /// Everything that this process starts, and that starts itself, carries a mark in its environment: so nothing is
    /// left, however this process ends.
    private static func janitor(_ clusters: DrillClusters) throws -> Janitor {
        var template = Array("/tmp/hansa-drill-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw DrillFault("no temporary folder in /tmp") }
        let mark = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let janitor = try Janitor(folder: mark, then: [clusters.script, "remove", clusters.folder])
        setenv("DRILL_MARK", mark, 1)
        return janitor
    }

    /// Asked to end, or alone because the runner is gone: takes everything down first.
    private static func endOnSignal(_ janitor: Janitor) {
        let parent = getppid()
        signal(SIGTERM) { _ in EndFlag.raise() }
        signal(SIGINT) { _ in EndFlag.raise() }
        Task.detached {
            while !EndFlag.isRaised, getppid() == parent { try? await Task.sleep(for: .milliseconds(300)) }
            EndFlag.raise()
            try? await janitor.clean()
            exit(130)
        }
    }
}
