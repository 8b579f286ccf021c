import Federation
import Seal
import TestKit
import Wire

@testable import Gateway

/// A courier's agent that the gateway knows, and its bundles.
struct TestBundles {
    let key: Ed25519Key

    /// The sample's agent with a key of its own; its certificate is not used.
    static func enrolled(_ fixture: GatewayFixture) async throws -> TestBundles {
        let key = try Ed25519Key.generate()
        _ = try await fixture.enrol(signing: key)
        return TestBundles(key: key)
    }

    /// The document of that number.
    func document(number: Int64, kind: AgentDocument.Kind) -> AgentDocument {
        var document = AgentDocument(
            kind: kind, instance: "testbook", generation: 1, agent: SampleBook.agent, journal: "courier",
            runRoot: RunRootID("\(SampleBook.agent)-root"), session: "session", number: number)
        document.mode = .courier
        // A full report is answered at once; what has nothing to say waits for offers.
        document.isFull = kind == .exchange && number == 2
        document.capacity = [PartitionCapacity(partition: SampleBook.partition, freeJobs: 10)]
        return document
    }

    /// A document's bundle; what is given makes it a wrong one.
    func file(
        number: Int64, kind: AgentDocument.Kind = .exchange, wants: [Manifest.Chunk] = [],
        carries: [Manifest.Chunk] = [], instance: InstanceID = "testbook", agent: AgentID = SampleBook.agent,
        direction: BundleHeader.Direction = .document, headerNumber: Int64? = nil, key: Ed25519Key? = nil
    ) throws -> [UInt8] {
        let content = try WireJSON.bytes(
            CourierDocument(document: document(number: number, kind: kind), wants: wants, carries: carries))
        let header = BundleHeader(
            instance: instance, agent: agent, journal: "courier", direction: direction,
            number: headerNumber ?? number, at: SampleBook.start, bytes: 0, sha256: "")
        return try Bundle.file(
            header, content: content, sha256: Digest.sha256(content),
            sign: { try (key ?? self.key).sign($0) })
    }
}
