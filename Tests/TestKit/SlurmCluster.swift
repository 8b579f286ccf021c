import FoundationEssentials
import Glibc

/// A real Slurm cluster of a few nodes for tests; started when first needed, ended with all its jobs and removed when
/// this process ends, even when it is killed.
public actor SlurmCluster {
    /// One without accounting, for the whole test process: partition `main`, two nodes of eight cores.
    public static let plain = SlurmCluster(site: "plain")
    /// One with accounting: partitions `main`, `whole` and `limited`, account `project`.
    public static let billed = SlurmCluster(site: "billed")

    /// Where a cluster's configuration and commands are.
    public struct Place: Hashable, Sendable {
        /// The file that `SLURM_CONF` names.
        public var configuration: String
        /// The folder of `sbatch` and the others.
        public var commands: String
        /// The folder of the daemons' logs.
        public var logs: String
    }

    private let site: String
    private let settings: [String]
    private let users: String
    private var shell: Task<(SupervisorShell, Place), any Error>?

    /// A cluster of its own, by the name of its data file in `ops/slurm/sites`. `settings` are lines of slurm.conf
    /// beyond the usual short time-outs, `users` those who may submit besides who runs it, where root does.
    public init(site: String, settings: [String] = [], users: [String] = []) {
        self.site = site
        self.users = users.joined(separator: ",")
        let timeouts = ["SlurmdTimeout=10", "SlurmctldTimeout=10", "MessageTimeout=5", "KillWait=2"]
        self.settings = ["durable=no"] + timeouts + settings
    }

    /// Where it is; it is up when this returns.
    public func place() async throws -> Place { try await running().1 }

    /// Ends daemons as their administrator would: `slurmctld`, `slurmdbd`, `munged`, `slurmd` (all), or one node.
    public func stop(_ daemon: String) async throws { try await order("stop \(site)/\(daemon)") }

    /// Starts what was stopped or has died; with all that is missing when no daemon is named.
    public func start(_ daemon: String? = nil) async throws {
        try await order(daemon.map { "start \(site)/\($0)" } ?? "up")
    }

    /// The processes of its daemons by name, `mariadb` among them; those that are dead are missing.
    public func daemons() async throws -> [String: Int32] {
        let words = try await order("status").split(separator: ";").map { $0.split(separator: " ") }
        var found: [String: Int32] = [:]
        for line in words where line.count == 3 { found[String(line[1])] = Int32(line[2]) }
        return found
    }

    /// Each command answers with one line: `ok` and what there is to say, or `failed`.
    private static let script = """
        clusters=$1 folder=$2 site=$3; export HANSA_SLURM_USERS=$4; shift 4
        trap '' PIPE  # an answer that nobody reads any more must not keep us from cleaning up
        while read -r command words; do
            said=
            case $command in
            up)
                "$clusters" up "$folder" "$site" "$@" </dev/null >>"$folder/log" 2>&1 &&
                    said=$(eval "$("$clusters" env "$folder" "$site")"; echo "$SLURM_CONF;${PATH%%:*}") ;;
            status) said=$("$clusters" status "$folder" </dev/null | paste -sd ';') ;;
            *) "$clusters" "$command" "$folder" $words </dev/null >>"$folder/log" 2>&1 ;;
            esac
            if [ $? = 0 ]; then echo "ok $said"; else echo failed; fi 2>/dev/null
        done
        "$clusters" remove "$folder" </dev/null >/dev/null 2>&1
        """

    private func running() async throws -> (SupervisorShell, Place) {
        let (site, settings, users) = (site, settings, users)
        let task =
            shell
            ?? Task {
                let shell = try Self.supervisor(site: site, settings: settings, users: users)
                let answer = await shell.0.answer(to: "up")
                let words = answer.dropFirst(3).split(separator: ";").map(String.init)
                guard answer.hasPrefix("ok "), words.count == 2 else { throw Self.failure("up", shell.1) }
                let base = words[1].split(separator: "/").dropLast().map { "/" + $0 }.joined()
                let place = Place(configuration: words[0], commands: words[1], logs: base + "/log")
                return (shell.0, place)
            }
        shell = task
        return try await task.value
    }

    @discardableResult
    private func order(_ command: String) async throws -> String {
        let (shell, place) = try await running()
        let answer = await shell.answer(to: command)
        guard answer.hasPrefix("ok") else {
            throw SupervisorShell.Failure(description: "Slurm: \(command) failed; logs are in \(place.logs)")
        }
        return String(answer.dropFirst(3))
    }

    private static func supervisor(
        site: String, settings: [String], users: String
    ) throws -> (SupervisorShell, String) {
        var template = Array("/tmp/hansa-slurm-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw SupervisorShell.Failure(description: "no temporary folder in /tmp")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // …/Tests/TestKit/SlurmCluster.swift
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let clusters = "\(root)/ops/slurm/clusters"
        let arguments = ["/bin/bash", "-c", script, "slurm", clusters, folder, site, users]
        let options = settings.flatMap { ["--set", $0] }
        return (try SupervisorShell(arguments + options), folder)
    }

    private static func failure(_ command: String, _ folder: String) -> SupervisorShell.Failure {
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        return SupervisorShell.Failure(description: "Slurm: \(command) failed:\n\(log.suffix(2000))")
    }
}
