import DrillKit
import FoundationEssentials
import Glibc

/// Collects what the judge reads: the plan, Slurm's record, and what the coordinator says of itself.
struct Collection {
    let seed: Seed

    private struct Row: Decodable {
        var id: String
        var state: String
        var attemptState: String?
    }
    private struct Detail: Decodable {
        struct Attempt: Decodable { var state: String }
        var attempts: [Attempt]
    }

    private static let overStates: Set<String> = ["completed", "failed", "cancelled", "dependencyFailed"]
    private static let settledStates: Set<String> = ["settled", "declined", "withdrawn", "expired"]

    /// Whether every task has ended and everything of it is settled.
    func isOver() async throws -> Bool {
        let rows = try await queue().value([Row].self)
        guard !rows.isEmpty, rows.allSatisfy({ Self.overStates.contains($0.state) }) else { return false }
        guard rows.allSatisfy({ $0.attemptState.map(Self.settledStates.contains) ?? true }) else {
            return false
        }
        for row in rows {
            let detail: Detail = try await seed.hansa(["show", row.id, "--json"], as: "mara").value()
            guard detail.attempts.allSatisfy({ Self.settledStates.contains($0.state) }) else { return false }
        }
        return true
    }

    private func queue() async throws -> CommandResult {
        try await seed.hansa(["queue", "--all", "--limit", "10000", "--json"], as: "mara")
    }

    /// Writes the plan: every task that was submitted.
    func plan(faults: [String]) async throws {
        let plan = SeedPlan(seed: seed.number, faults: faults, submissions: await seed.submitted)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try TextFile.write(
            String(decoding: try encoder.encode(plan), as: UTF8.self) + "\n", to: "\(seed.folder)/plan.json")
    }

    /// Writes everything that the judge reads beside plan, lines and timeline.
    func collect() async throws {
        for site in seed.sites { try await record(of: site) }
        let tasks = try await queue().exiting()
        try TextFile.write(tasks.output, to: "\(seed.folder)/hansa/tasks.json")
        var details: [String] = []
        for row in try tasks.value([Row].self) {
            details.append(try await seed.hansa(["show", row.id, "--json"], as: "mara").exiting().output)
        }
        try TextFile.write(
            "[\(details.joined(separator: ","))]\n", to: "\(seed.folder)/hansa/attempts.json")
        let entries = try await seed.hansa(
            ["audit", "entries", "--limit", "100000", "--json"], as: "mara"
        ).exiting()
        try TextFile.write(entries.output, to: "\(seed.folder)/hansa/entries.json")
        let budgets = try await seed.hansa(["budget", "--json"], as: "mara").exiting()
        try TextFile.write(budgets.output, to: "\(seed.folder)/hansa/budgets.json")
    }

    private static let fields = [
        "JobIDRaw", "JobID", "JobName", "Cluster", "User", "Account", "Partition", "State", "Submit",
        "Eligible",
        "Start", "End", "ElapsedRaw", "Suspended", "CPUTimeRAW", "AllocCPUS", "AllocTRES", "ReqTRES",
        "NNodes",
        "NodeList", "ExitCode", "DerivedExitCode", "Reason", "TimelimitRaw", "Comment",
    ]

    /// Slurm's own record, every run of every job.
    private func record(of site: DrillSite) async throws {
        let from = Self.local(seed.timeline.began - 60)
        let answer = try await Patience.until("the record of \(site.name)", seconds: 60, every: .seconds(2)) {
            let answer = try await site.run(
                "sacct", ["-D", "-P", "-a", "-S", from, "-o", Self.fields.joined(separator: ",")], seconds: 30
            )
            return answer.exit == 0 && answer.errors.isEmpty ? answer : nil
        }
        try TextFile.write(answer.output, to: "\(seed.folder)/slurm/\(site.name).sacct")
    }

    /// As `sacct -S` wants it, in the host's own time zone.
    private static func local(_ seconds: Double) -> String {
        var time = time_t(seconds)
        var parts = tm()
        localtime_r(&time, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }
}
