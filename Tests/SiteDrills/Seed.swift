import DrillKit
import FoundationEssentials
import Glibc
import Synchronization

/// A whole deployment for one seed's drills: two clusters with accounting, a database, a coordinator, and an agent at
/// each site that reaches the coordinator through a proxy.
actor Seed {
    /// The seed's number.
    nonisolated let number: Int
    /// Everything of it stands here.
    nonisolated let folder: String
    nonisolated let sites: [DrillSite]
    nonisolated let coordinator: DrillCoordinator
    nonisolated let postgres: DrillPostgres
    nonisolated let clusters: DrillClusters
    /// Where members reach the coordinator.
    nonisolated let peoplePort: UInt16
    /// Where agents' proxies reach it.
    nonisolated let exchangePort: UInt16
    nonisolated let timeline: Timeline
    /// What faults may not meet in: one that has an agent, the coordinator or a site's `sbatch` in its hands has it alone.
    nonisolated let hands = Hands()
    private nonisolated let commands = Atomic<Int>(0)
    private var extras = 0
    /// When members cancelled what, by the task's name.
    private var cancelled: [String: Double] = [:]
    /// What was submitted, in order, with the instant from which the coordinator had it.
    var submitted: [Submission] = []

    init(
        number: Int, folder: String, sites: [DrillSite], coordinator: DrillCoordinator,
        postgres: DrillPostgres,
        clusters: DrillClusters, timeline: Timeline
    ) {
        self.number = number
        self.folder = folder
        self.sites = sites
        self.coordinator = coordinator
        self.postgres = postgres
        self.clusters = clusters
        self.timeline = timeline
        peoplePort = coordinator.peoplePort
        exchangePort = coordinator.exchangePort
    }

    /// The folder into which the workload writes.
    nonisolated var lines: String { "\(folder)/lines" }

    /// Writes down what happened.
    nonisolated func note(
        event: String, fault: String? = nil, target: String? = nil, pid: Int32? = nil, evidence: String? = nil
    ) {
        timeline.note(event: event, fault: fault, target: target, pid: pid, evidence: evidence)
    }

    /// Runs `hansa` as a member, and answers what it printed and ended with.
    nonisolated func hansa(
        _ arguments: [String], as member: String = "sam", seconds: Double = 30
    ) async throws -> CommandResult {
        let token = TextFile.read("\(folder)/tokens/\(member)").filter { !$0.isWhitespace }
        return try await command(
            "hansa", arguments,
            environment: [
                "HANSA_URL": "https://127.0.0.1:\(peoplePort)",
                "HANSA_CA": "\(folder)/coordinator/authority.pem",
                "HANSA_TOKEN": token, "HANSA_SETTINGS": "\(folder)/no-settings.yaml",
            ], seconds: seconds)
    }

    /// Runs `hansad` to its end.
    nonisolated func daemonCommand(_ arguments: [String]) async throws -> CommandResult {
        try await command("hansad", arguments, environment: [:], seconds: 60)
    }

    /// Runs a program to its end; one that takes longer is killed, and answers 124.
    nonisolated func command(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], seconds: Double
    ) async throws -> CommandResult {
        let number = commands.wrappingAdd(1, ordering: .relaxed).newValue
        let files = "\(folder)/logs/command-\(number)"
        return try await BoundedProgram.run(
            program, arguments, environment: environment, files: files, seconds: seconds)
    }

    /// Submits so many tasks more, at that site or anywhere, for a fault that needs something to hit. Nothing while
    /// the coordinator is down: a fault that waits for it would wait for another one's heal.
    func submitAnother(count: Int, site: String?, nodes: Int = 1, seconds: Int = 8) async throws {
        guard await coordinator.process() != nil else { return }
        extras += 1
        try await submit(
            Submission.extra(number: extras, count: count, site: site, nodes: nodes, seconds: seconds))
    }

    /// Submits it under its key until the coordinator has it; it may be away meanwhile.
    func submit(_ submission: Submission, seconds: Double = 120) async throws {
        var submission = submission
        let file = "\(folder)/campaigns/\(submission.key).yaml"
        let place = Submission.Place(program: "\(folder)/work.sh", lines: lines)
        try TextFile.write(submission.document(place), to: file)
        try await send(submission, file: file, seconds: seconds)
        submission.at = EpochTime.now()
        submitted.append(submission)
        note(event: "submit", target: submission.key)
    }

    /// A member cancels that task, as soon as the coordinator takes it.
    func cancel(named name: String) async throws {
        struct Row: Decodable {
            var id: String
            var name: String
        }
        try await Patience.until("\(name) is cancelled", seconds: 150, every: .seconds(1)) {
            let rows = try? await hansa(["queue", "--all", "--limit", "1000", "--json"]).value([Row].self)
            guard let row = rows?.first(where: { $0.name == name }) else { return false }
            return try await hansa(["cancel", row.id]).exit == 0
        }
        cancelled[name] = EpochTime.now()
        note(event: "note", target: name, evidence: "a member cancelled it")
    }

    /// Submits again, under the same keys, what was submitted since that instant, and cancels again what was cancelled
    /// since: after a restore.
    func resubmit(since instant: Double) async throws {
        for (index, submission) in submitted.enumerated() where submission.at >= instant - 2 {
            try await send(
                submission, file: "\(folder)/campaigns/\(submission.key).yaml", seconds: 60)
            submitted[index].at = EpochTime.now()
            note(event: "submit", target: submission.key, evidence: "again, after a restore")
        }
        for (name, at) in cancelled where at >= instant - 2 { try await cancel(named: name) }
    }

    private func send(_ submission: Submission, file: String, seconds: Double) async throws {
        var last = "never answered"
        do {
            try await Patience.until(
                "\(submission.key) is submitted", seconds: seconds, every: .milliseconds(500)
            ) {
                let answer = try await hansa(["submit", file, "--key", submission.key, "--json"])
                last = "\(answer)"
                return answer.exit == 0
            }
        } catch {
            throw DrillFault("\(error); the last answer: \(last)")
        }
    }
}
