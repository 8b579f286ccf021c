import Federation
import Logging

@testable import SiteAgent

/// An agent's folder, and agents that come and go over it.
final class TestSite: Sendable {
    let scratch: Scratch
    let identity: AgentIdentity
    let folder: AgentFolder
    let configuration: AgentConfiguration

    init(_ scratch: Scratch, name: String = "agent", slots: Int = 2, settings: [String: String] = [:]) throws
    {
        self.scratch = scratch
        folder = AgentFolder(path: "\(scratch.path)/\(name)")
        identity = AgentIdentity(
            agent: AgentID(name), site: SiteID("site"), instance: TestPack.instance,
            runRoot: RunRootID("root-\(name)"), coordinator: "https://localhost:1",
            exchange: "https://localhost:2")
        try Folder.make(folder.path)
        try JSONFile.write(identity, to: folder.identityPath)
        _ = try RunRoot.make(
            path: folder.runRootPath,
            mark: .init(
                id: identity.runRoot, instance: identity.instance, site: identity.site, agent: identity.agent)
        )
        var reader = ConfigurationFile()
        try reader.set("folder", text: folder.path, place: "test")
        try reader.set("slots", text: String(slots), place: "test")
        try reader.set("slotPool", text: "\(scratch.path)/slots", place: "test")
        try reader.set("lookMilliseconds", text: "50", place: "test")
        try reader.set("heartbeatSeconds", text: "1", place: "test")
        try reader.set("silenceSeconds", text: "20", place: "test")
        try reader.set("killSeconds", text: "1", place: "test")
        try reader.set("metricsSeconds", text: "1", place: "test")
        for (key, value) in settings { try reader.set(key, text: value, place: "test") }
        configuration = reader.configuration
    }

    /// An agent over the folder as it stands; `step` may throw to kill it there.
    func agent(
        _ coordinator: TestCoordinator, step: @escaping @Sendable (DriverStep) throws -> Void = { _ in }
    ) throws -> SiteDriver {
        var log = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .critical
        let parts = try AgentParts(
            identity: identity, folder: folder, configuration: configuration,
            link: TestLink(coordinator: coordinator),
            program: "test", beside: Folder.parent(of: agentProgram))
        return try AgentService.driver(parts, executable: agentProgram, mode: .serve, log: log, step: step)
    }

    /// Runs an agent until the work is done, then stops it.
    func serve<Result: Sendable>(
        _ coordinator: TestCoordinator, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        let agent = try agent(coordinator)
        let running = Task { try await agent.run() }
        do {
            let result = try await work()
            await agent.stop()
            try await running.value
            return result
        } catch {
            await agent.stop()
            _ = try? await running.value
            throw error
        }
    }
}
