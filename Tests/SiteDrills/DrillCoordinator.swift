import DrillKit
import Glibc

/// The coordinator as a process, and sometimes a second one on the same database.
actor DrillCoordinator {
    /// A second one.
    struct Second: Sendable {
        var process: HostProcess
        var exchangePort: UInt16
    }

    nonisolated let config: String
    nonisolated let log: String
    nonisolated let peoplePort: UInt16
    nonisolated let exchangePort: UInt16
    private let folder: String
    private let conninfo: String
    private var child: ChildProcess?
    private var second: ChildProcess?

    init(folder: String, conninfo: String) throws {
        self.folder = folder
        self.conninfo = conninfo
        config = "\(folder)/hansad.yaml"
        log = "\(folder)/logs/hansad.log"
        peoplePort = try FreePort.any()
        exchangePort = try FreePort.any()
        try TextFile.write(
            SeedDocuments.coordinator(
                database: conninfo, state: "\(folder)/coordinator", people: peoplePort, agents: exchangePort),
            to: config)
    }

    /// Starts it, unless it runs, and waits until it listens.
    func start(environment: [String: String] = [:]) async throws {
        try EndFlag.check()
        if child?.exit != nil || child == nil {
            child = try ChildProcess(
                "/usr/bin/env", [Programs.path("hansad"), "serve", "--config", config],
                environment: environment, output: log)
        }
        try await listens(peoplePort, child)
    }

    /// Its process, if it runs.
    func process() -> HostProcess? {
        guard let child, child.exit == nil else { return nil }
        return HostProcess(pid: child.pid)
    }

    /// Asks it to end, and insists.
    func end() async throws { try await end(child) }

    /// Starts a second one on the same database and the same state.
    func startSecond() async throws -> Second {
        try EndFlag.check()
        try await end(second)
        let people = try FreePort.any()
        let exchange = try FreePort.any()
        let config = "\(folder)/hansad-second.yaml"
        try TextFile.write(
            SeedDocuments.coordinator(
                database: conninfo, state: "\(folder)/coordinator", people: people, agents: exchange),
            to: config)
        let child = try ChildProcess(
            "/usr/bin/env", [Programs.path("hansad"), "serve", "--config", config],
            output: "\(folder)/logs/hansad-second.log")
        second = child
        try await listens(exchange, child)
        guard let process = HostProcess(pid: child.pid) else {
            throw DrillFault("the second coordinator is gone")
        }
        return Second(process: process, exchangePort: exchange)
    }

    /// Ends the second one, if there is one.
    func endSecond() async throws {
        try await end(second)
        second = nil
    }

    private func end(_ child: ChildProcess?) async throws {
        guard let child else { return }
        child.send(SIGTERM)
        do {
            _ = try await child.end(seconds: 25)
        } catch {
            child.send(SIGKILL)
            _ = try await child.end(seconds: 10)
        }
    }

    private func listens(_ port: UInt16, _ child: ChildProcess?) async throws {
        try await Patience.until("the coordinator listens", seconds: 40) {
            if let exit = child?.exit { throw DrillFault("the coordinator ended with \(exit)") }
            return FreePort.isTaken(port)
        }
    }
}
