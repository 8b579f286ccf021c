import DrillKit
import Glibc

/// A site's agent as a process.
actor DrillAgent {
    /// The agent's own folder.
    nonisolated let folder: String
    nonisolated let config: String
    nonisolated let log: String
    /// The file in which a step is armed (`FaultPoint`).
    nonisolated let faultPoint: String
    private var child: ChildProcess?

    init(folder: String, config: String, log: String, faultPoint: String) {
        self.folder = folder
        self.config = config
        self.log = log
        self.faultPoint = faultPoint
    }

    nonisolated var journalPath: String { "\(folder)/journal.sqlite" }
    /// The run root.
    nonisolated var runs: String { "\(folder)/runs" }

    /// Starts it, unless it runs.
    func start(environment: [String: String] = [:]) throws {
        guard child?.exit != nil || child == nil else { return }
        try EndFlag.check()
        // Through `env`: a clock's library eats the arguments of the first program that it meets.
        child = try ChildProcess(
            "/usr/bin/env", [Programs.path("hansa-agent"), "serve", "--folder", folder, "--config", config],
            environment: environment.merging(["HANSA_FAULT_POINT": faultPoint]) { $1 }, output: log)
    }

    /// Its process, if it runs.
    func process() -> HostProcess? {
        guard let child, child.exit == nil else { return nil }
        return HostProcess(pid: child.pid)
    }

    /// How it ended, if it did.
    var exit: Int32? { child?.exit }

    /// Asks it to end, and insists.
    func end() async throws {
        guard let child else { return }
        child.send(SIGTERM)
        child.send(SIGCONT)
        do {
            _ = try await child.end(seconds: 25)
        } catch {
            child.send(SIGKILL)
            _ = try await child.end(seconds: 10)
        }
    }
}
