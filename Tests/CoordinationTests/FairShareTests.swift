import Coordination
import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct FairShareTests {
    /// One partner floods the queue first; the other, which has used nothing, is not behind all of it.
    @Test func whoHasUsedLessGoesFirst() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(30)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            var document = agent.document()
            document.capacity = [PartitionCapacity(partition: SampleBook.partition, freeJobs: 5)]
            _ = try await sample.coordinator.exchange(document, from: SampleCoordinator.agent, wait: .zero)
            #expect(try await sample.place() == 5)
            _ = try await sample.coordinator.submit(
                key: "k", document: SampleCoordinator.campaign(5), by: SampleCoordinator.other)
            document = agent.document()
            document.capacity = [PartitionCapacity(partition: SampleBook.partition, freeJobs: 7)]
            _ = try await sample.coordinator.exchange(document, from: SampleCoordinator.agent, wait: .zero)
            #expect(try await sample.place() == 2)
            let running = try await sample.sample.pool.query(
                "SELECT partner, count(*) AS n FROM task WHERE state = 'running' GROUP BY partner ORDER BY partner"
            )
            #expect(try running.map { try $0.decode("partner", as: String.self) } == ["cuni", "utu"])
            #expect(try running.map { try $0.decode("n", as: Int.self) } == [5, 2])
        }
    }
}
