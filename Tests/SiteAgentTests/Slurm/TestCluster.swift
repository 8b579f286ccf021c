import TestKit

@testable import SiteAgent

/// A real Slurm cluster as an agent at its site sees it.
struct TestCluster {
    /// What a command of the site's could not do.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let cluster: SlurmCluster
    let shell: SlurmShell

    /// One with accounting that tests share which do not disturb it.
    static let billed = Task { try await TestCluster(.billed) }
    /// One without accounting that tests share which do not disturb it.
    static let plain = Task { try await TestCluster(.plain) }

    /// One of the test's own.
    init(_ site: String, settings: [String] = []) async throws {
        try await self.init(SlurmCluster(site: site, settings: settings))
    }

    private init(_ cluster: SlurmCluster) async throws {
        self.cluster = cluster
        let place = try await cluster.place()
        var shell = SlurmShell()
        shell.configuration = place.configuration
        shell.folders = [place.commands]
        shell.seconds = 30
        self.shell = shell
    }

    /// The pid of a daemon (`slurmctld`, `plain-n1`), or nil.
    func pid(of daemon: String) async throws -> Int32? { try await cluster.daemons()[daemon] }

    func start(_ daemon: String) async throws { try await cluster.start(daemon) }

    /// Runs a command of the site's; its output, or a failure.
    @discardableResult
    func run(_ program: String, _ arguments: String...) async throws -> String {
        let answer = await shell.run(program, arguments)
        guard case .answered(let output, _) = answer else {
            throw Failure(description: "\(program): \(answer.fault ?? "")")
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The first field of `squeue` for jobs of that name, in that format.
    func queue(_ name: String, _ format: String) async throws -> String {
        try await run("squeue", "-h", "--name=\(name)", "-o", format)
            .split(separator: "\n").first.map(String.init) ?? ""
    }

    /// The settings of an agent at this site.
    func settings(_ more: [String: String] = [:]) -> [String: String] {
        [
            "launcher": "slurm", "slurm.configuration": shell.configuration ?? "",
            "slurm.commands": shell.folders.joined(separator: ","), "slurm.partitions": "local=main",
            "slurm.commandSeconds": "30", "lookMilliseconds": "200", "silenceSeconds": "5",
            "heartbeatSilentSeconds": "7",
        ].merging(more) { $1 }
    }
}
