import DrillKit
import Federation
import Glibc
import Wire

/// A site that no network leaves: its agent is enrolled by files and lives by what somebody carries.
struct CourierSite {
    let deployment: Deployment
    let name = "east"

    var folder: String { deployment.agentFolder(name) }
    /// The folder with the agent's outbox and inbox.
    var place: String { "\(folder)/courier" }
    var inbox: String { "\(place)/inbox" }
    var outbox: String { "\(place)/outbox" }
    var config: String { "\(deployment.folder)/agents/\(name).yaml" }

    /// The site in the book, and its agent enrolled where that was not done, for as long as the body takes: between
    /// drills nobody carries for it, so that it must get no work of other drills.
    func serving(_ body: () async throws -> Void) async throws {
        try await setUp()
        _ = try await deployment.hansa(["admin", "agent", "drain", name, "--undo"]).exiting()
        try await body()
        _ = try await deployment.hansa(["admin", "agent", "drain", name]).exiting()
    }

    private func setUp() async throws {
        guard TextFile.read("\(folder)/identity.json").isEmpty else { return }
        let top = deployment.folder
        try TextFile.write(DrillDocuments.site(name), to: "\(top)/\(name).yaml")
        _ = try await deployment.hansa(["admin", "site", "apply", "\(top)/\(name).yaml"], as: "admin")
            .exiting()
        let programme = DrillDocuments.programme(with: name, account: "drills")
        try TextFile.write(programme, to: "\(top)/programme-\(name).yaml")
        _ = try await deployment.hansa(
            ["admin", "programme", "apply", "\(top)/programme-\(name).yaml"], as: "admin"
        ).exiting()
        try TextFile.write(DrillDocuments.agent(folder: top), to: config)
        _ = try await deployment.command(
            "hansa-agent", ["enrol", "--courier", "--folder", folder, "--request", "\(top)/request.json"]
        ).exiting()
        _ = try await deployment.hansa(
            [
                "courier", "enrol", name, "--site", name, "--request", "\(top)/request.json", "--answer",
                "\(top)/answer.json",
            ], as: "admin"
        ).exiting()
        _ = try await deployment.command(
            "hansa-agent", ["enrol", "--courier", "--folder", folder, "--answer", "\(top)/answer.json"]
        ).exiting()
    }

    /// One cycle of the agent.
    func cycle() async throws -> CommandResult {
        try await deployment.command("hansa-agent", ["courier", "--folder", folder, "--config", config])
    }

    /// One round of the carrier, on this host's disk or as told.
    func carry(
        _ more: [String] = [], from place: String? = nil, environment: [String: String] = [:]
    ) async throws -> CommandResult {
        try await deployment.hansa(
            ["courier", "carry", "--agent", name, "--site-folder", place ?? self.place] + more, as: "admin",
            environment: environment)
    }

    /// Bundles in one of the folders.
    func bundles(in folder: String) -> [String] {
        TextFile.names(in: folder).filter { $0.hasSuffix(".bundle") }
    }

    /// Whether all of them have ended and nothing of them is unsettled.
    func areOver(_ tasks: [TaskID], _ drill: Drill) async throws -> Bool {
        for task in tasks {
            let detail = try await drill.detail(task)
            guard detail.task.state.hasEnded else { return false }
            guard detail.attempts.allSatisfy({ $0.state == .settled || $0.state.isBurnt }) else {
                return false
            }
        }
        return true
    }
}
