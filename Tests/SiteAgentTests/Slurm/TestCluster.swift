import Glibc

@testable import SiteAgent

/// A real Slurm cluster of this test process's own. A shell beside it takes it away when this process
/// has ended, however it did.
final class TestCluster: Sendable {
    /// What `ops/slurm/clusters` could not do.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    let site: String
    let folder: String
    let shell: SlurmShell

    private static let program: String = {
        let parts = #filePath.split(separator: "/").dropLast(4)
        return "/" + parts.joined(separator: "/") + "/ops/slurm/clusters"
    }()

    /// One with accounting that tests share which do not disturb it.
    static let billed = Task { try await TestCluster("billed") }
    /// One without accounting that tests share which do not disturb it.
    static let plain = Task { try await TestCluster("plain") }

    /// Brings one up.
    init(_ site: String, settings: [String] = []) async throws {
        self.site = site
        folder = "/tmp/hansa-slurm-test-\(getpid())-\(RandomName.make())"
        try Folder.make(folder)
        try TestCluster.guarded(folder)
        let options = (["SlurmdTimeout=15", "KillWait=5"] + settings).flatMap { ["--set", $0] }
        _ = try await TestCluster.command("up", [folder, site] + options + ["--set", "durable=no"])
        let lines = try await TestCluster.command("env", [folder, site])
        // `export SLURM_CONF=… PATH=…:$PATH`
        let words = lines.split(separator: " ").map(String.init)
        guard let file = words.first(where: { $0.hasPrefix("SLURM_CONF=") })?.dropFirst(11),
            let path = words.first(where: { $0.hasPrefix("PATH=") })?.dropFirst(5)
        else { throw Failure(description: lines) }
        var shell = SlurmShell()
        shell.configuration = String(file)
        shell.folders = [String(path.prefix { $0 != ":" })]
        shell.seconds = 30
        self.shell = shell
    }

    private static func guarded(_ folder: String) throws {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        // It looks for this process instead of waiting at a pipe, whose other end any process started meanwhile may hold.
        _ = try Spawn(
            executable: "/bin/sh",
            arguments: [
                "-c", "while [ -d /proc/$2 ] && [ -d $1 ]; do sleep 1; done; exec \"$0\" remove \"$1\"",
                program, folder,
                String(getpid()),
            ],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            descriptors: [0: null, 1: null, 2: null], ownSession: true
        ).start()
    }

    private static func command(_ verb: String, _ words: [String]) async throws -> String {
        let result = await BoundedCommand(
            executable: program, arguments: [verb] + words,
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp"], seconds: 180
        ).run()
        guard result.end == .exit(0) else {
            throw Failure(description: "\(verb): \(result.end) \(SlurmAnswer.words(result.errors))")
        }
        return String(decoding: result.output, as: UTF8.self)
    }

    /// The pid of a daemon (`slurmctld`, `plain-n1`), or nil.
    func pid(of daemon: String) async throws -> Int32? {
        for line in try await TestCluster.command("status", [folder]).split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 3, words[0] == site, words[1] == daemon { return Int32(words[2]) }
        }
        return nil
    }

    func start(_ daemon: String) async throws {
        _ = try await TestCluster.command("start", [folder, "\(site)/\(daemon)"])
    }

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
