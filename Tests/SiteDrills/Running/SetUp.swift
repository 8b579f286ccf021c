import DrillKit
import FoundationEssentials
import Glibc
import Wire

/// Brings up everything of a seed.
struct SetUp {
    let number: Int
    let folder: String
    /// The clone.
    let root: String
    let timeline: Timeline
    let clusters: DrillClusters
    let postgres: DrillPostgres

    /// Megabytes of the file system that an agent's folder is.
    private static let agentMegabytes = 48

    func seed() async throws -> Seed {
        for name in ["tokens", "agents", "campaigns", "commands", "slurm", "hansa"] {
            mkdir("\(folder)/\(name)", 0o700)
        }
        mkdir("\(folder)/lines", 0o1777)
        try TextFile.write(
            TextFile.read("\(root)/ops/drills/work.sh"), to: "\(folder)/work.sh", mode: 0o755)
        // Before the clusters: their nodes have mounts of their own, and learn of later ones by these.
        for site in SeedDocuments.sites {
            try AgentDisk.mount(folder: "\(folder)/agents/\(site.name)", megabytes: Self.agentMegabytes)
        }
        try await startClusters()
        let coordinator = try DrillCoordinator(folder: folder, conninfo: postgres.conninfo)
        var sites: [DrillSite] = []
        for site in SeedDocuments.sites {
            sites.append(try await drillSite(site, exchangePort: coordinator.exchangePort))
        }
        let seed = Seed(
            number: number, folder: folder, sites: sites, coordinator: coordinator, postgres: postgres,
            clusters: clusters, timeline: timeline)
        try await startCoordinator(seed)
        for site in sites { try await enrol(site, seed) }
        try await connected(seed)
        return seed
    }

    /// A daemon may die of itself at its first start; that is no drill, and what is missing is started again.
    private func startClusters() async throws {
        let words = SeedDocuments.sites.map(\.name) + Self.settings.flatMap { ["--set", $0] }
        for _ in 1...2 where try await clusters.run("up", words, seconds: 300).exit == 0 { return }
        _ = try await clusters.run("up", words, seconds: 300).exiting()
    }

    /// Short times, so that a fault that lasts half a minute outlasts some of them.
    private static let settings = [
        "durable=no", "SlurmdTimeout=20", "SlurmctldTimeout=20", "MessageTimeout=5", "KillWait=2",
    ]

    private func drillSite(_ site: SeedDocuments.Site, exchangePort: UInt16) async throws -> DrillSite {
        let answer = try await clusters.run("env", [site.name]).exiting().output
        // export SLURM_CONF=… PATH=…:$PATH
        let words = answer.split(separator: " ").map(String.init)
        guard let configuration = words.first(where: { $0.hasPrefix("SLURM_CONF=") }),
            let path = words.first(where: { $0.hasPrefix("PATH=") })
        else { throw DrillFault("what is the environment of \(site.name)? \(answer)") }
        let file = String(configuration.dropFirst("SLURM_CONF=".count))
        let real = String(path.dropFirst("PATH=".count).prefix { $0 != ":" })
        let port = TextFile.read(file).split(separator: "\n").first { $0.hasPrefix("SlurmctldPort=") }
            .flatMap { UInt16($0.dropFirst("SlurmctldPort=".count)) }
        guard let port else { throw DrillFault("\(file) names no port of slurmctld") }
        let commands = "\(folder)/commands/\(site.name)"
        try SbatchWrapper.install(in: commands, real: "\(real)/sbatch")
        let config = "\(folder)/agents/\(site.name).yaml"
        try TextFile.write(
            SeedDocuments.agent(site, configuration: file, commands: [commands, real]), to: config)
        return DrillSite(
            name: site.name, rule: site.rule, coresPerNode: site.coresPerNode, partition: site.partition,
            nodes: ["\(site.name)-n1", "\(site.name)-n2"], commands: commands, realCommands: real,
            configuration: file, controllerPort: port,
            agent: DrillAgent(
                folder: "\(folder)/agents/\(site.name)", config: config,
                log: "\(folder)/logs/agent-\(site.name).log", faultPoint: "\(folder)/fault-point-\(site.name)"
            ),
            proxy: try FaultyProxy(to: exchangePort), clusters: clusters, logs: "\(folder)/logs")
    }

    private func startCoordinator(_ seed: Seed) async throws {
        _ = try await seed.daemonCommand([
            "init", "--config", seed.coordinator.config, "--member", "admin", "--token-file",
            "\(folder)/tokens/admin",
        ]).exiting()
        try await seed.coordinator.start()
        for site in SeedDocuments.sites {
            let file = "\(folder)/\(site.name).yaml"
            try TextFile.write(SeedDocuments.site(site), to: file)
            _ = try await seed.hansa(["admin", "site", "apply", file], as: "admin").exiting()
        }
        try TextFile.write(SeedDocuments.programme, to: "\(folder)/programme.yaml")
        _ = try await seed.hansa(["admin", "programme", "apply", "\(folder)/programme.yaml"], as: "admin")
            .exiting()
        for member in ["mara", "sam"] {
            let token = try await seed.hansa(["admin", "token", member], as: "admin").exiting().output
            try TextFile.write(token, to: "\(folder)/tokens/\(member)")
        }
    }

    private func enrol(_ site: DrillSite, _ seed: Seed) async throws {
        let token: EnrolmentTokenAnswer = try await seed.hansa(
            ["admin", "agent", "enrol", site.name, "--site", site.name, "--json"], as: "admin"
        ).value()
        _ = try await seed.command(
            "hansa-agent",
            [
                "enrol", "--coordinator", "https://127.0.0.1:\(seed.peoplePort)", "--exchange",
                "https://127.0.0.1:\(site.proxy.port)", "--ca", "\(folder)/coordinator/authority.pem",
                "--folder", site.agent.folder, "--token", token.token,
            ], seconds: 60
        ).exiting()
        try await site.agent.start()
    }

    private func connected(_ seed: Seed) async throws {
        struct Site: Decodable {
            struct Agent: Decodable { var state: String }
            var agents: [Agent]
        }
        try await Patience.until("both agents are connected", seconds: 60, every: .milliseconds(300)) {
            for site in seed.sites {
                if let exit = await site.agent.exit {
                    throw DrillFault(
                        "the agent of \(site.name) ended with \(exit)\n\(TextFile.tail(site.agent.log, lines: 20))"
                    )
                }
            }
            let sites: [Site] = try await seed.hansa(["sites", "--json"], as: "mara").value()
            return sites.count == seed.sites.count
                && sites.allSatisfy { $0.agents.contains { $0.state == "connected" } }
        }
    }
}
