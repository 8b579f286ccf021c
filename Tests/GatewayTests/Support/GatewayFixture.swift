import Coordination
import Crypto
import Federation
import Glibc
import Logging
import Postgres
import Seal
import ServiceLifecycle
import Store
import TestKit
import Wire

@testable import Gateway

/// A gateway with real listeners before a real coordinator on the sample book, and clients for every role.
struct GatewayFixture: Sendable {
    let sample: SampleBook
    let coordinator: Coordinator
    let clock: TestClock
    let folder: String
    let ports: (people: Int, agents: Int)
    let authority: Authority
    let seen = SeenOperations()
    private let stop: @Sendable () async throws -> Void

    static let members: [Role: MemberID] = [
        .submitter: SampleBook.submitter, .manager: SampleBook.manager, .auditor: "auditor",
        .siteAdmin: "site-admin", .operator: "operator",
    ]

    /// Runs `body` against a gateway of its own; `placing` runs the coordinator's services as well.
    static func use<Value: Sendable>(
        placing: Bool = false, _ body: (GatewayFixture) async throws -> Value
    ) async throws -> Value {
        try await SampleBook.use(poolSize: 8) { sample in try await run(sample, placing: placing, body) }
    }

    /// Runs `body` against a gateway before that book.
    static func run<Value: Sendable>(
        _ sample: SampleBook, placing: Bool = false, _ body: (GatewayFixture) async throws -> Value
    ) async throws -> Value {
        let fixture = try await make(sample, placing: placing)
        do {
            let value = try await body(fixture)
            try await fixture.end()
            return value
        } catch {
            try? await fixture.end()
            throw error
        }
    }

    /// Asks all services to end in order, as SIGTERM does, and waits until they have.
    func end() async throws {
        try await stop()
        TemporaryFiles.remove(folder)
    }

    /// A client at the members' address.
    func client(_ role: Role?) async throws -> RawClient {
        guard let role else { return try people(token: nil) }
        return try people(token: try await token(role))
    }

    func people(token: String?) throws -> RawClient {
        try RawClient(port: ports.people, authority: try authority.certificatePEM, token: token, seen: seen)
    }

    func agents(_ identity: RawClient.Identity?) throws -> RawClient {
        try RawClient(
            port: ports.agents, authority: try authority.certificatePEM, identity: identity, seen: seen)
    }

    /// A token of a member with exactly that role.
    func token(_ role: Role) async throws -> String {
        guard let member = GatewayFixture.members[role] else { throw Missing(what: "a member for \(role)") }
        let principal = Principal(member: member, partner: SampleBook.partner, roles: [role])
        return try await coordinator.createToken(member: member, label: "test", expires: nil, by: principal)
    }

    /// Enrols an agent of the sample through the API, as a real one does.
    func enrol(
        _ agent: AgentID = SampleBook.agent, site: SiteID = SampleBook.site, signing: Ed25519Key? = nil
    ) async throws -> RawClient.Identity {
        let manager = try await client(.manager)
        let given = try await manager.send(
            "POST", "/v1/enrolment-tokens", EnrolmentTokenRequest(agent: agent, site: site))
        let token: EnrolmentTokenAnswer = try given.value()
        await manager.close()
        let key = P256.Signing.PrivateKey()
        let open = try people(token: nil)
        let answer = try await open.send(
            "POST", "/v1/enrolments",
            EnrolmentRequest(
                token: token.token, csr: try AgentRequests.request(key), runRoot: RunRootID("\(agent)-root"),
                ed25519: try (signing ?? Ed25519Key.generate()).publicKey.pem()))
        await open.close()
        let enrolled: EnrolmentAnswer = try answer.value()
        return RawClient.Identity(chainPEM: enrolled.certificates, keyPEM: key.pemRepresentation)
    }

    struct Missing: Error {
        var what: String
    }

    private static func make(_ sample: SampleBook, placing: Bool) async throws -> GatewayFixture {
        let clock = TestClock()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var template = Array("/tmp/hansa-gateway-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Missing(what: "a temporary folder") }
        let folder = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        var settings = CoordinatorSettings(depotFolder: "\(folder)/depot", holder: "test")
        settings.now = { clock.now }
        let seal = try Ed25519Key.generate()
        let listener = Listener(settings: sample.database.settings)
        let coordinator = try await Coordinator(
            pool: sample.pool, listener: listener, settings: settings, seal: seal, logger: logger)
        // A new book has none but its first member, and no site.
        for (id, role) in [("site-admin", Role.siteAdmin), ("operator", .operator)] {
            try await MemberStore(pool: sample.pool).put(
                MemberView(
                    id: MemberID(id), partner: SampleBook.partner, roles: [role], sites: [SampleBook.site],
                    name: nil,
                    mail: nil, active: true), now: clock.now)
        }
        var gatewaySettings = GatewaySettings(stateFolder: folder, sealKeyPEM: try seal.publicKey.pem())
        gatewaySettings.people.port = 0
        gatewaySettings.agents.port = 0
        gatewaySettings.publicURL = "https://hansa.test"
        // The test's clock stands years ahead of the one that the certificates are made by.
        gatewaySettings.agentCertificateDays = 3650
        let (listening, continuation) = AsyncStream<(String, Int)>.makeStream()
        let gateway = try GatewayServer(
            coordinator: coordinator, settings: gatewaySettings, logger: logger, now: { clock.now },
            onListening: { continuation.yield(($0, $1)) })
        let group = ServiceGroup(
            configuration: .init(
                services: ((placing ? coordinator.services : []) + gateway.services).map {
                    .init(service: $0)
                },
                logger: logger))
        let running = Task { try await group.run() }
        var ports: [String: Int] = [:]
        for await (name, port) in listening {
            ports[name] = port
            if ports.count == 2 { break }
        }
        return GatewayFixture(
            sample: sample, coordinator: coordinator, clock: clock, folder: folder,
            ports: (ports["people"] ?? 0, ports["agents"] ?? 0), authority: gateway.authority,
            stop: {
                await group.triggerGracefulShutdown()
                try await running.value
            })
    }
}
