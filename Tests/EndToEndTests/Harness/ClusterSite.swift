import DrillKit
import Federation
import FoundationEssentials
import Glibc
import TestKit
import Wire

/// A site before a real Slurm cluster, in the drills' deployment. As root the agent and its jobs may be a user's who is
/// nothing to the cluster: then the cluster keeps everybody else's jobs from it.
struct ClusterSite {
    /// Where nobody sees others' jobs, may ask for nodes or leave the QoS out.
    static let cluster = SlurmCluster(site: "mn5", users: getuid() == 0 ? ["nobody"] : [])
    /// Whom that cluster runs jobs for besides root.
    static let nobody: UInt32 = 65534

    let deployment: Deployment
    /// Of the site and its agent.
    let name: String
    /// Core-hours that an hour of a core costs by the site's document.
    var weight = 1
    /// Whose the agent is, where root runs the drill; nil is who runs it.
    var user: UInt32?

    /// Everything of it, which its user reaches.
    var folder: String { "\(deployment.folder)/\(name)" }
    var agentFolder: String { "\(folder)/agent" }
    private var program: String { "\(folder)/hansa-agent" }
    private var config: String { "\(folder)/agent.yaml" }

    /// With its agent at work for as long as the body takes.
    func serving(_ body: (SlurmCluster.Place) async throws -> Void) async throws {
        let place = try await Self.cluster.place()
        // Whoever goes through may not look around.
        chmod(deployment.folder, 0o711)
        defer { chmod(deployment.folder, 0o700) }
        try await setUp(place)
        _ = try await deployment.hansa(["admin", "agent", "drain", name, "--undo"]).exiting()
        do {
            try await start()
            try await body(place)
        } catch {
            await deployment.drop(name)
            throw error
        }
        _ = try await deployment.hansa(["admin", "agent", "drain", name]).exiting()
        try await deployment.end(name)
        await deployment.drop(name)
    }

    /// Starts the agent, and waits until the coordinator has heard of it.
    func start() async throws {
        let words = user.map { prefix($0) } ?? []
        let command = words + [program, "serve", "--folder", agentFolder, "--config", config]
        try await deployment.start(
            name, as: command[0], Array(command.dropFirst()), environment: ["HOME": folder])
        try await Patience.until("the agent of \(name) is connected", seconds: 30) {
            let sites: [SiteView] = try await deployment.hansa(["sites", "--json"]).value()
            return sites.first { $0.id.rawValue == name }?.agents.contains { $0.state == "connected" } == true
        }
    }

    /// Runs a command of Slurm as its user, or as who runs this.
    func slurm(
        _ place: SlurmCluster.Place, _ arguments: [String], asUser: Bool = true
    ) async throws -> CommandResult {
        let output = "\(deployment.folder)/logs/slurm-\(UInt32.random(in: 0...(.max)))"
        defer { for end in ["", ".errors"] { unlink(output + end) } }
        var words = asUser ? user.map { prefix($0) } ?? [] : []
        words += ["/usr/bin/env", "PATH=\(place.commands):/usr/bin:/bin"] + arguments
        let child = try ChildProcess(
            words[0], Array(words.dropFirst()), environment: ["SLURM_CONF": place.configuration],
            output: output, errors: output + ".errors")
        let exit = try await child.end()
        return CommandResult(
            command: arguments.joined(separator: " "), exit: exit, output: TextFile.read(output),
            errors: TextFile.read(output + ".errors"))
    }

    /// A campaign of one task that runs the drills' program there, for a drill whose folder is `work`.
    func campaign(_ drill: Drill) -> String {
        """
        name: \(drill.name)
        programme: drills
        activity: test
        tasks:
          - name: work
            kind: data
            program: \(folder)/work.sh
            arguments: ["\(drill.folder)"]
            resources: {cores: 2, memory: 64MiB, walltime: 120s}
            sites: [\(name)]
        """
    }

    /// The same drill with a folder that jobs there can write to.
    func within(_ drill: Drill) -> Drill {
        Drill(deployment: deployment, name: drill.name, folder: "\(folder)/work")
    }

    private func prefix(_ user: UInt32) -> [String] {
        ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups", "--no-new-privs", "--"]
    }

    // MARK: - Setting up

    private func setUp(_ place: SlurmCluster.Place) async throws {
        guard TextFile.read("\(agentFolder)/identity.json").isEmpty else { return }
        let top = deployment.folder
        try TextFile.write(document, to: "\(top)/\(name).yaml")
        _ = try await deployment.hansa(["admin", "site", "apply", "\(top)/\(name).yaml"], as: "admin")
            .exiting()
        let programme = "\(top)/programme-\(name).yaml"
        try TextFile.write(DrillDocuments.programme(with: name, account: "ehpc999"), to: programme)
        _ = try await deployment.hansa(["admin", "programme", "apply", programme], as: "admin").exiting()

        for path in [folder, "\(folder)/work"] { mkdir(path, 0o700) }
        try TextFile.write(DrillDocuments.program, to: "\(folder)/work.sh", mode: 0o755)
        try TextFile.write(TextFile.read("\(top)/coordinator/authority.pem"), to: "\(folder)/authority.pem")
        try TextFile.write(settings(place), to: config)
        // The clone, and the build in it, may be closed to others.
        try FileManager.default.copyItem(atPath: try Programs.path("hansa-agent"), toPath: program)
        if let user {
            for path in ["", "/work", "/work.sh", "/authority.pem", "/agent.yaml", "/hansa-agent"] {
                guard chown(folder + path, user, user) == 0 else { throw DrillFault("\(path) stays root's") }
            }
        }
        try await enrol()
    }

    private func enrol() async throws {
        let token: EnrolmentTokenAnswer = try await deployment.hansa(
            ["admin", "agent", "enrol", name, "--site", name, "--json"], as: "admin"
        ).value()
        let command =
            (user.map { prefix($0) } ?? []) + [
                program, "enrol", "--coordinator", "https://127.0.0.1:\(deployment.people)", "--exchange",
                "https://127.0.0.1:\(deployment.exchange)", "--ca", "\(folder)/authority.pem", "--folder",
                agentFolder, "--token", token.token,
            ]
        let log = "\(deployment.folder)/logs/\(name)-enrol.log"
        let child = try ChildProcess(
            command[0], Array(command.dropFirst()), environment: ["HOME": folder], output: log)
        guard try await child.end() == 0 else { throw DrillFault(TextFile.read(log)) }
    }

    private var document: String {
        """
        site: \(name)
        name: Site \(name) of the drills, a Slurm cluster
        country: CZ
        unit: core-hours
        clockSkew: 2s
        grace: 30s
        partitions:
          - id: gpp
            qos: gp_ehpc
            nodes: 2
            coresPerNode: 112
            memoryPerNode: 224GiB
            stacks: [cpu]
            maxWalltime: 3h
            source: drills
        tariffs:
          - partitions: [gpp]
            from: 2025-01-01
            terms: [{count: cores, weight: \(weight)}]
            source: drills
        accounts: [ehpc999]
        agents:
          - {id: \(name), accounts: [ehpc999], serves: all, consent: drills}
        """
    }

    private func settings(_ place: SlurmCluster.Place) -> String {
        """
        launcher: slurm
        partitions: [gpp]
        slurm.configuration: \(place.configuration)
        slurm.commands: [\(place.commands)]
        slurm.qos: {gpp: gp_ehpc}
        pollSeconds: 5
        lookMilliseconds: 500
        heartbeatSeconds: 1
        silenceSeconds: 20
        killSeconds: 1
        metricsSeconds: 1
        """
    }
}
