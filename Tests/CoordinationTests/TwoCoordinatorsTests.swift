import Coordination
import Federation
import Logging
import Postgres
import Seal
import ServiceLifecycle
import Store
import TestKit
import Testing

@Suite struct TwoCoordinatorsTests {
    /// One coordinator proposes, the other takes the submission and holds the agent's poll: the signals travel
    /// through the database.
    @Test func oneTakesAndTheOtherPlaces() async throws {
        try await SampleCoordinator.use(poolSize: 10) { sample in
            var settings = CoordinatorSettings(depotFolder: sample.folder, holder: "second")
            let clock = sample.clock
            settings.now = { clock.now }
            settings.glanceSeconds = 3600
            let listener = Listener(settings: sample.sample.database.settings)
            let second = try await Coordinator(
                pool: sample.sample.pool, listener: listener,
                settings: settings, seal: sample.key,
                logger: Logger(label: "second", factory: { _ in SwiftLogNoOpLogHandler() }))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for listener in [sample.listener, listener] { group.addTask { await listener.run() } }
                for service in sample.coordinator.services + second.services {
                    group.addTask { try await service.run() }
                }
                var agent = SampleAgent()
                for kind in [AgentDocument.Kind.hello, .exchange] {
                    agent.take(
                        try await second.exchange(
                            agent.document(kind), from: SampleCoordinator.agent, wait: .zero))
                }
                let document = agent.document()
                async let reply = second.exchange(document, from: SampleCoordinator.agent, wait: .seconds(60))
                let submitted = try await second.submit(
                    key: "k", document: SampleCoordinator.campaign(3), by: SampleCoordinator.submitter)
                #expect(submitted.tasks == 3)
                #expect(try await !reply.offers.isEmpty)
                #expect(second.proposer.epoch == nil)
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            #expect(try await sample.coordinator.checkLedger().faults == [])
        }
    }
}
