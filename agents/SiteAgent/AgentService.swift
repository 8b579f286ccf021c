import APIClient
import Federation
public import Logging
public import ServiceLifecycle
import Wire

/// An enrolled agent with everything it works with: what `serve` and `once` run.
public struct AgentService: Service {
    private let driver: SiteDriver
    private let connection: AgentConnection
    private let log: Logger

    /// The program's version.
    public static let programVersion = WireVersion.program

    /// Opens the agent in the configured folder: identity, run root, journal, slots, connection. Throws words for the
    /// person who starts it.
    public init(_ configuration: AgentConfiguration, once: Bool, log: Logger) async throws {
        HostMemory.sharePools()
        self.log = log
        let folder = AgentFolder(path: configuration.folder)
        let identity = try folder.identity()
        let connection = try AgentConnection(
            folder: folder, identity: identity, exchange: configuration.exchange,
            coordinator: configuration.coordinator)
        self.connection = connection
        do {
            let executable = InternalCommands.executable
            let parts = try AgentParts(
                identity: identity, folder: folder, configuration: configuration, link: connection,
                program: AgentService.programVersion, beside: Folder.parent(of: executable))
            driver = try AgentService.driver(
                parts, executable: executable, mode: once ? .once : .serve, log: log,
                step: AgentService.step())
        } catch {
            // A client that is let go of while it is open ends the process without a word of what is wrong.
            await connection.shutdown()
            throw error
        }
    }

    /// What is called between the driver's steps: nothing, but in debug builds a fault point, where one is armed.
    private static func step() -> @Sendable (DriverStep) throws -> Void {
        #if DEBUG
            if let point = FaultPoint(environment: HostCalls.environment()) { return { point.reached($0) } }
        #endif
        return { _ in }
    }

    /// A driver with its journal and its launcher.
    static func driver(
        _ parts: AgentParts, executable: String, mode: AgentMode, log: Logger,
        step: @escaping @Sendable (DriverStep) throws -> Void = { _ in }
    ) throws -> SiteDriver {
        let configuration = parts.configuration
        let settings = try configuration.rules()
        let journal: PersistentJournal
        do {
            journal = try AgentService.journal(parts, mode: mode, settings)
        } catch let fault as JournalFault {
            parts.folder.journalMark.noteFailure()
            throw fault
        }
        // What a courier's cycle could not write is told first, at the end of one that can.
        if mode != .courier { parts.folder.journalMark.noteSuccess() }
        let launcher = try AgentService.launcher(parts, executable: executable)
        return SiteDriver(
            parts: parts, journal: journal, launcher: launcher, mode: mode, log: log, step: step)
    }

    private static func journal(
        _ parts: AgentParts, mode: AgentMode, _ settings: Federation.AgentSettings
    ) throws -> PersistentJournal {
        let identity = parts.identity
        let path = parts.configuration.journalFolder.map { "\($0)/journal.sqlite" }
        let store = try JournalStore(
            path: path ?? parts.folder.journalPath, agent: identity.agent, instance: identity.instance,
            mayBeShared: parts.configuration.sharedJournal)
        return try PersistentJournal(
            store: store, identity: identity, freshJournal: JournalID(RandomName.make()), mode: mode,
            settings: settings)
    }

    /// What starts jobs here.
    private static func launcher(_ parts: AgentParts, executable: String) throws -> any Launcher {
        let configuration = parts.configuration
        let instance = parts.identity.instance
        let partitions = configuration.partitions.map { PartitionID($0) }
        if configuration.isSlurm {
            return SlurmLauncher(
                site: .init(
                    instance: instance, partitions: partitions, executable: executable,
                    maximumJobs: configuration.maximumJobs,
                    maximumWalltimeSeconds: configuration.maximumWalltimeSeconds,
                    killSeconds: configuration.killSeconds, slurm: configuration.slurm),
                controlFolder: try configuration.controlFolder(user: HostCalls.user))
        }
        let pool = try SlotPool(
            folder: configuration.slotPoolFolder(user: HostCalls.user),
            slots: configuration.slots ?? max(1, HostCalls.allowedCPUs().count))
        return MPILauncher(
            site: .init(
                instance: instance, partitions: partitions, executable: executable,
                maximumJobs: configuration.maximumJobs,
                maximumWalltimeSeconds: configuration.maximumWalltimeSeconds,
                killSeconds: configuration.killSeconds),
            pool: pool)
    }

    /// Serves until the graceful shutdown; jobs go on.
    public func run() async throws {
        log.info("the agent serves")
        let driver = driver
        try await withGracefulShutdownHandler {
            try await driver.run()
        } onGracefulShutdown: {
            Task { await driver.stop() }
        }
        await connection.shutdown()
        log.info("the agent has stopped; its jobs go on")
    }

    /// One cycle.
    public func runOnce() async throws {
        try await driver.runOnce()
        await connection.shutdown()
    }

    /// Renews the certificate now; `signed` by the Ed25519 key, where no certificate is valid any more.
    public static func renew(_ configuration: AgentConfiguration, signed: Bool) async throws {
        let folder = AgentFolder(path: configuration.folder)
        let connection = try AgentConnection(
            folder: folder, identity: folder.identity(), exchange: configuration.exchange,
            coordinator: configuration.coordinator)
        do {
            try await connection.renew(signed: signed)
        } catch {
            await connection.shutdown()
            throw error
        }
        await connection.shutdown()
    }

    /// Settings from the file, then the environment, then flags.
    public static func configuration(
        file: String?, folder: String?, settings: [(key: String, value: String)]
    ) throws -> AgentConfiguration {
        var reader = ConfigurationFile()
        if let file {
            let text = String(decoding: try DurableFile.read(file, limit: 1 << 20), as: UTF8.self)
            reader = try ConfigurationFile(text: text, name: file)
        }
        try reader.apply(environment: HostCalls.environment())
        if let folder { try reader.set("folder", text: absolute(folder), place: "--folder") }
        for setting in settings { try reader.set(setting.key, text: setting.value, place: "--set") }
        guard !reader.configuration.folder.isEmpty else {
            throw AgentFault.badSetting(
                file: file ?? "settings", reason: "the agent's `folder` is not set; give --folder")
        }
        return reader.configuration
    }

    /// See `Enrolment.enrol`.
    public static func enrol(
        folder: String, coordinator: String, exchange: String?, token: String, authorityFile: String
    ) async throws -> AgentIdentity {
        let authority = String(decoding: try DurableFile.read(authorityFile, limit: 1 << 20), as: UTF8.self)
        return try await Enrolment(
            folder: AgentFolder(path: absolute(folder)), coordinator: coordinator, exchange: exchange
        ).enrol(token: token, authority: authority)
    }

    /// The path from the file system's root; a relative one begins at the working folder.
    public static func absolute(_ path: String) -> String { HostCalls.absolute(path) }

    /// See `CarriedEnrolment.request`.
    public static func requestEnrolment(folder: String, to path: String?) throws -> String {
        try CarriedEnrolment.request(folder: AgentFolder(path: absolute(folder)), to: path)
    }

    /// See `CarriedEnrolment.settle`.
    public static func settleEnrolment(
        folder: String, answerFile: String
    ) throws -> (identity: AgentIdentity, bookKey: String) {
        try CarriedEnrolment.settle(folder: AgentFolder(path: absolute(folder)), answerFile: answerFile)
    }
}
