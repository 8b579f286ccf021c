import DrillKit
import Federation
import FoundationEssentials
import Glibc
import Postgres
import TestKit
import Wire

/// The whole of Hansa for drills, as its own processes: a Postgres that can be crashed, a coordinator, and two agents,
/// of which the southern one reaches the coordinator through a proxy that can spoil its connections.
actor Deployment {
    /// Everything of it stands here; the path is short because of sockets.
    nonisolated let folder: String
    /// The database server, with fsync.
    nonisolated let postgres: TemporaryPostgres
    /// The database.
    nonisolated let database: TemporaryDatabase
    /// What stands between the southern agent and the coordinator.
    nonisolated let proxy: FaultyProxy
    /// Where members reach the coordinator.
    nonisolated let people: UInt16
    /// Where agents reach it.
    nonisolated let exchange: UInt16
    private let janitor: Janitor
    private var running: [String: ChildProcess] = [:]
    private var commands = 0

    /// One for the whole test run: starting it takes seconds, and every drill leaves it as it found it.
    private static let shared = Task { try await Deployment.start() }

    /// The shared deployment, with everything of it up.
    static func healthy() async throws -> Deployment {
        let deployment = try await shared.value
        try await deployment.heal()
        return deployment
    }

    private init(folder: String, database: TemporaryDatabase, postgres: TemporaryPostgres) throws {
        self.folder = folder
        self.database = database
        self.postgres = postgres
        janitor = try Janitor(folder: folder)
        people = try FreePort.any()
        exchange = try FreePort.any()
        proxy = try FaultyProxy(to: exchange)
    }

    private static func start() async throws -> Deployment {
        var template = Array("/tmp/hansa-e2e-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw DrillFault("no temporary folder in /tmp") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let postgres = TemporaryPostgres(durable: true)
        let deployment = try Deployment(
            folder: folder, database: try await postgres.database(), postgres: postgres)
        do {
            try await deployment.setUp()
        } catch {
            throw DrillFault("\(error)\n\(deployment.logTails())")
        }
        return deployment
    }

    private func setUp() async throws {
        for name in ["logs", "tokens", "agents", "drills"] { mkdir("\(folder)/\(name)", 0o700) }
        try TextFile.write(DrillDocuments.program, to: "\(folder)/work.sh", mode: 0o755)
        try TextFile.write(
            DrillDocuments.coordinator(
                database: database.settings.conninfo, state: "\(folder)/coordinator", people: people,
                agents: exchange),
            to: "\(folder)/hansad.yaml")
        try TextFile.write(DrillDocuments.programme, to: "\(folder)/programme.yaml")
        _ = try await command(
            "hansad",
            [
                "init", "--config", "\(folder)/hansad.yaml", "--member", "admin", "--token-file",
                tokenFile("admin"),
            ]
        ).exiting()
        try await startCoordinator()
        for site in DrillDocuments.sites {
            try TextFile.write(DrillDocuments.site(site), to: "\(folder)/\(site).yaml")
            _ = try await hansa(["admin", "site", "apply", "\(folder)/\(site).yaml"], as: "admin").exiting()
        }
        _ = try await hansa(["admin", "programme", "apply", "\(folder)/programme.yaml"], as: "admin")
            .exiting()
        for member in ["mara", "sam", "alistair"] {
            let token = try await hansa(["admin", "token", member], as: "admin").exiting().output
            try TextFile.write(token, to: tokenFile(member))
        }
        for site in DrillDocuments.sites {
            try await enrol(site, site: site)
            try startAgent(site)
        }
        try await heal()
    }

    private nonisolated func tokenFile(_ member: String) -> String { "\(folder)/tokens/\(member)" }

    /// Runs `hansa` as a member and answers what it printed and ended with.
    /// It reads `input` and goes through `port`, where those are given.
    func hansa(
        _ arguments: [String], as member: String = "mara", input: String? = nil, port: UInt16? = nil,
        environment: [String: String] = [:], seconds: Double = 60
    ) async throws -> CommandResult {
        let token = TextFile.read(tokenFile(member)).filter { !$0.isWhitespace }
        return try await command(
            "hansa", arguments,
            environment: [
                "HANSA_URL": "https://127.0.0.1:\(port ?? people)",
                "HANSA_CA": "\(folder)/coordinator/authority.pem",
                "HANSA_TOKEN": token, "HANSA_SETTINGS": "\(folder)/no-settings.yaml",
            ].merging(environment) { $1 }, input: input, seconds: seconds)
    }

    /// Runs one of the programs to its end.
    func command(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: String? = nil,
        seconds: Double = 60
    ) async throws -> CommandResult {
        commands += 1
        let base = "\(folder)/logs/command-\(commands)"
        let file = input.map { open($0, O_RDONLY | O_CLOEXEC) }
        let child = try ChildProcess(
            try Programs.path(program), arguments, environment: environment, output: base,
            errors: base + ".errors", input: file)
        if let file { close(file) }
        defer {
            unlink(base)
            unlink(base + ".errors")
        }
        do {
            let exit = try await child.end(seconds: seconds)
            return CommandResult(
                command: ([program] + arguments).joined(separator: " "), exit: exit,
                output: TextFile.read(base),
                errors: TextFile.read(base + ".errors"))
        } catch {
            child.send(SIGKILL)
            throw DrillFault(
                "\(program) \(arguments.joined(separator: " ")): \(error)\n\(TextFile.read(base + ".errors"))"
            )
        }
    }

    /// Starts the coordinator, if it is not running, and waits until it answers.
    func startCoordinator() async throws {
        if running["hansad"].map({ $0.exit != nil }) ?? true {
            try launch("hansad", "hansad", ["serve", "--config", "\(folder)/hansad.yaml"])
        }
        try await Patience.until("the coordinator answers") {
            if let exit = running["hansad"]?.exit { throw DrillFault("the coordinator ended with \(exit)") }
            return try await hansa(["sites"], as: "admin").exit == 0
        }
    }

    /// Enrols an agent in a folder of its own.
    func enrol(_ agent: String, site: String) async throws {
        let token: EnrolmentTokenAnswer = try await hansa(
            ["admin", "agent", "enrol", agent, "--site", site, "--json"], as: "admin"
        ).value()
        let port = agent == "south" ? proxy.port : exchange
        _ = try await command(
            "hansa-agent",
            [
                "enrol", "--coordinator", "https://127.0.0.1:\(people)", "--exchange",
                "https://127.0.0.1:\(port)",
                "--ca", "\(folder)/coordinator/authority.pem", "--folder", agentFolder(agent), "--token",
                token.token,
            ]
        ).exiting()
        try TextFile.write(DrillDocuments.agent(folder: folder), to: "\(folder)/agents/\(agent).yaml")
    }

    /// An agent's own folder.
    nonisolated func agentFolder(_ agent: String) -> String { "\(folder)/agents/\(agent)" }

    /// Starts an agent, if it is not running.
    func startAgent(_ agent: String) throws {
        guard running[agent].map({ $0.exit != nil }) ?? true else { return }
        try launch(
            agent, "hansa-agent",
            ["serve", "--folder", agentFolder(agent), "--config", "\(folder)/agents/\(agent).yaml"])
    }

    /// Starts the coordinator (`hansad`) or an agent otherwise than usual, when it has ended.
    func start(
        _ name: String, as executable: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws {
        running[name] = try ChildProcess(
            executable, arguments, environment: environment, output: "\(folder)/logs/\(name).log")
    }

    private func launch(_ name: String, _ program: String, _ arguments: [String]) throws {
        running[name] = try ChildProcess(
            try Programs.path(program), arguments, output: "\(folder)/logs/\(name).log")
    }

    /// The process of the coordinator (`hansad`) or of an agent.
    func process(_ name: String) throws -> HostProcess {
        guard let child = running[name], child.exit == nil, let process = HostProcess(pid: child.pid) else {
            throw DrillFault("\(name) does not run")
        }
        return process
    }

    /// Kills the coordinator (`hansad`) or an agent, and proves that it is gone.
    func kill(_ name: String) async throws {
        guard let child = running[name], child.exit == nil else {
            throw DrillFault("\(name) was gone before the fault")
        }
        child.send(SIGKILL)
        let exit = try await child.end(seconds: 20)
        guard exit == 128 + SIGKILL else { throw DrillFault("\(name) ended with \(exit), not by the fault") }
    }

    /// Asks a program to end and waits until it has.
    func end(_ name: String) async throws {
        guard let child = running[name] else { return }
        child.send(SIGTERM)
        let exit = try await child.end(seconds: 25)
        guard exit == 0 else { throw DrillFault("\(name) ended with \(exit)") }
    }

    /// Forgets an agent that is not always there, and kills it if it runs.
    func drop(_ name: String) {
        running.removeValue(forKey: name)?.send(SIGKILL)
    }

    /// Starts what is down and waits until all of it works.
    func heal() async throws {
        try await startCoordinator()
        for site in DrillDocuments.sites { try startAgent(site) }
        try await Patience.until("both agents are connected", every: .milliseconds(200)) {
            for (name, child) in running {
                if let exit = child.exit { throw DrillFault("\(name) ended with \(exit)\n\(logTails())") }
            }
            let sites: [SiteView] = try await hansa(["sites", "--json"]).value()
            let connected = sites.flatMap(\.agents).filter { $0.state == "connected" }.map(\.id.rawValue)
            return Set(connected).isSuperset(of: DrillDocuments.sites)
        }
    }

    /// The last lines of the logs of all that runs, for a failure's message.
    nonisolated func logTails() -> String {
        let programs = TextFile.names(in: "\(folder)/logs").filter { $0.hasSuffix(".log") }.map { name in
            let lines = TextFile.read("\(folder)/logs/\(name)").split(separator: "\n")
            // Requests that went well are many and say little.
            let telling = lines.filter { !$0.contains("info request") }.suffix(20)
            return "--- \(name)\n" + telling.joined(separator: "\n")
        }
        let server = TextFile.read("\(postgresFolder)/log").split(separator: "\n").suffix(40)
        return (programs + ["--- postgres\n" + server.joined(separator: "\n")]).joined(separator: "\n")
    }

    /// The database server's folder.
    nonisolated var postgresFolder: String {
        let host = database.settings.conninfo.split(separator: " ").first { $0.hasPrefix("host=") }
        return String((host ?? "").dropFirst("host=".count))
    }
}
