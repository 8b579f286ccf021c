import Coordination
import Federation
import Foundation
import Logging
import Postgres
import Seal
import Store
import TestKit

/// A coordinator over a sample book, with a clock that the test moves and services that tick when the test says so.
struct SampleCoordinator: Sendable {
    let sample: SampleBook
    let coordinator: Coordinator
    let listener: Listener
    let clock: TestClock
    let key: Ed25519Key
    let folder: String

    static let manager = Principal(member: SampleBook.manager, partner: SampleBook.partner, roles: [.manager])
    static let submitter = Principal(
        member: SampleBook.submitter, partner: SampleBook.partner, roles: [.submitter])
    static let other = Principal(member: "other", partner: "utu", roles: [.submitter])
    static let auditor = Principal(member: "auditor", partner: "utu", roles: [.auditor])
    static let agent = AgentPrincipal(
        agent: SampleBook.agent, site: SampleBook.site, certificateUntil: .distantFuture)

    static func use<T: Sendable>(
        poolSize: Int = 6, _ body: (SampleCoordinator) async throws -> T
    ) async throws -> T {
        try await SampleBook.use(poolSize: poolSize) { sample in
            let folder = FileManager.default.temporaryDirectory.path + "/hansa-\(UUID().uuidString)"
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let clock = TestClock()
            var settings = CoordinatorSettings(depotFolder: folder, holder: "test")
            settings.now = { clock.now }
            settings.depotBytes = 1 << 20
            // Only a signal wakes a parked poll.
            settings.glanceSeconds = 3600
            let key = try Ed25519Key.generate()
            let listener = Listener(settings: sample.database.settings)
            let coordinator = try await Coordinator(
                pool: sample.pool, listener: listener, settings: settings,
                seal: key, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            try await coordinator.proposer.tick()
            return try await body(
                SampleCoordinator(
                    sample: sample, coordinator: coordinator, listener: listener, clock: clock, key: key,
                    folder: folder))
        }
    }

    /// A campaign of so many evaluations of an hour, as its YAML reads.
    static func campaign(_ count: Int, name: String = "evaluations", packable: Bool = false) -> JSONValue {
        let tasks: [JSONValue] = (0..<count).map { index in
            .object([
                "name": .string("evaluate-\(index)"), "kind": .string("evaluation"),
                "activity": .string("evaluation"), "program": .string("true"), "packable": .bool(packable),
                "languages": .array([.string(index.isMultiple(of: 2) ? "mt" : "nb")]),
                "resources": .object(["walltime": .string("1h")]),
            ])
        }
        return .object(["name": .string(name), "tasks": .array(tasks)])
    }

    @discardableResult
    func submit(_ count: Int, key: String = "k", packable: Bool = false) async throws -> Submitted {
        try await coordinator.submit(
            key: key, document: Self.campaign(count, packable: packable), by: Self.submitter)
    }

    @discardableResult
    func place() async throws -> Int { try await coordinator.placer.tick(now: clock.now) }

    /// One exchange that does not wait.
    @discardableResult
    func exchange(
        _ agent: inout SampleAgent, _ kind: AgentDocument.Kind = .exchange, wait: Duration = .zero
    ) async throws -> CoordinatorReply {
        let reply = try await coordinator.exchange(agent.document(kind), from: Self.agent, wait: wait)
        agent.take(reply)
        return reply
    }

    /// Brings everything that is offered to its end.
    func run(_ agent: inout SampleAgent, outcome: Outcome = .completed) async throws {
        let offers = try await exchange(&agent).offers
        for offer in offers {
            agent.note(.accepted(pack: offer.pack))
            for member in offer.members { agent.list(member, of: offer, .accepted) }
        }
        let confirmed = try await exchange(&agent).confirmed
        for offer in offers where confirmed.contains(offer.pack) {
            agent.note(.submitted(pack: offer.pack, job: "job"))
            for member in offer.members {
                agent.list(member, of: offer, .started)
                agent.end(member.attempt, outcome, seconds: 1800, now: clock.now)
            }
        }
        try await exchange(&agent)
        agent.attempts = []
    }
}
