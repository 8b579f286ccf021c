import Federation
public import Logging
import Seal

/// The courier mode of an enrolled agent: what `hansa-agent courier` runs.
public struct CourierService {
    private let driver: SiteDriver
    private let link: CourierLink
    private let bookKey: Ed25519PublicKey
    private let key: Ed25519Key

    /// Opens the agent in the configured folder. `outbox` and `inbox` are the two folders that the courier comes to;
    /// nil is `courier/outbox` and `courier/inbox` in the agent's folder. Throws words for the person who starts it.
    public init(_ configuration: AgentConfiguration, outbox: String?, inbox: String?, log: Logger) throws {
        let folder = AgentFolder(path: configuration.folder)
        let identity = try folder.identity()
        guard DurableFile.exists(folder.bookKeyPath) else {
            throw AgentFault.noBookKey(path: folder.bookKeyPath)
        }
        bookKey = try Ed25519PublicKey(pem: folder.text(folder.bookKeyPath))
        key = try Ed25519Key.read(path: folder.signingKeyPath)
        let box = CourierBox(
            outbox: outbox.map(HostCalls.absolute) ?? "\(folder.courierPath)/outbox",
            inbox: inbox.map(HostCalls.absolute) ?? "\(folder.courierPath)/inbox")
        link = try CourierLink(
            box: box, statePath: folder.courierStatePath, limit: configuration.courierMegabytes << 20)
        let executable = InternalCommands.executable
        let parts = try AgentParts(
            identity: identity, folder: folder, configuration: configuration, link: link,
            program: AgentService.programVersion, beside: Folder.parent(of: executable))
        driver = try AgentService.driver(parts, executable: executable, mode: .courier, log: log)
    }

    /// One cycle.
    public func run() async throws -> CourierRound {
        try await driver.runCourier(link, bookKey: bookKey, key: key)
    }
}
