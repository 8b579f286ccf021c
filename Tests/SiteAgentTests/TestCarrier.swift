import Federation
import Glibc
import Logging
import Seal
import Wire

@testable import SiteAgent

/// A courier's agent on real folders, a carrier in this process, and the book's own rules at the other end.
struct TestCarrier {
    let site: TestSite
    let coordinator: TestCoordinator
    let box: CourierBox
    let agentKey: Ed25519Key
    let bookKey: Ed25519Key

    init(_ site: TestSite, _ coordinator: TestCoordinator) throws {
        self.site = site
        self.coordinator = coordinator
        box = CourierBox(outbox: "\(site.scratch.path)/outbox", inbox: "\(site.scratch.path)/inbox")
        agentKey = try Ed25519Key.generate()
        bookKey = try Ed25519Key.generate()
    }

    /// One cycle at the site, as a process of its own would run it.
    @discardableResult
    func cycle() async throws -> CourierRound {
        var log = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .critical
        let link = try CourierLink(
            box: box, statePath: site.folder.courierStatePath,
            limit: site.configuration.courierMegabytes << 20)
        let parts = try AgentParts(
            identity: site.identity, folder: site.folder, configuration: site.configuration, link: link,
            program: "test", beside: Folder.parent(of: agentProgram))
        let driver = try AgentService.driver(parts, executable: agentProgram, mode: .courier, log: log)
        return try await driver.runCourier(link, bookKey: bookKey.publicKey, key: agentKey)
    }

    /// The bundles in the outbox by name.
    var outgoing: [(name: String, bytes: [UInt8])] {
        Folder.entries(box.outbox).filter { $0.hasSuffix(Bundle.suffix) }.compactMap { name in
            (try? DurableFile.read("\(box.outbox)/\(name)")).map { (name, $0) }
        }
    }

    /// What the coordinator answers to a bundle, as a file.
    func answer(_ bytes: [UInt8]) async throws -> [UInt8] {
        let bundle = try Bundle(reading: bytes)
        try bundle.check(
            instance: site.identity.instance, agent: site.identity.agent, direction: .document,
            sha256: { ContentHash.of($0) }, isSigned: { try agentKey.publicKey.verify($0, of: $1) })
        let said = try WireJSON.value(
            CourierDocument.self, from: bundle.content, limits: JSONLimits(bytes: 1 << 24, depth: 64))
        for chunk in said.carries {
            if let bytes = try? DurableFile.read("\(box.outboxChunks)/\(chunk.sha256)") {
                _ = await coordinator.put(bytes)
            }
        }
        let reply = await coordinator.exchange(said.document)
        let depot = await coordinator.depot
        return try file(
            CourierReply(
                reply: reply, has: said.carries.map(\.sha256).filter { depot[$0] != nil },
                absent: said.wants.map(\.sha256).filter { depot[$0] == nil }))
    }

    /// A reply's file; what is given beside it makes it a wrong one.
    func file(
        _ reply: CourierReply, instance: InstanceID? = nil, agent: AgentID? = nil,
        direction: BundleHeader.Direction = .reply, key: Ed25519Key? = nil
    ) throws -> [UInt8] {
        let content = try WireJSON.bytes(reply)
        let header = BundleHeader(
            instance: instance ?? site.identity.instance, agent: agent ?? site.identity.agent,
            journal: reply.reply.journal, direction: direction, number: reply.reply.answers,
            at: WallClock().now(), bytes: 0, sha256: "")
        return try Bundle.file(
            header, content: content, sha256: ContentHash.of(content),
            sign: { try (key ?? bookKey).sign($0) })
    }

    /// Brings the chunks that the newest bundle wants.
    func bringWanted() async throws {
        guard let newest = outgoing.last else { return }
        let said = try WireJSON.value(
            CourierDocument.self, from: try Bundle(reading: newest.bytes).content,
            limits: JSONLimits(bytes: 1 << 24, depth: 64))
        for chunk in said.wants {
            if let bytes = await coordinator.depot[chunk.sha256] {
                try DurableFile.write(bytes, to: "\(box.inboxChunks)/\(chunk.sha256)")
            }
        }
    }

    func bring(_ bytes: [UInt8], as name: String) throws {
        try DurableFile.write(bytes, to: "\(box.inbox)/\(name)")
    }

    /// One faithful round: all bundles out, all replies in.
    func carry() async throws {
        try await bringWanted()
        for bundle in outgoing { try bring(try await answer(bundle.bytes), as: "reply-\(bundle.name)") }
    }

    /// The first round, in which an agent learns the book's generation, and the cycle after it.
    func meet() async throws {
        try await cycle()
        try await carry()
        try await cycle()
    }

    /// Cycles and rounds until the task is settled and forgotten; answers how many cycles that took.
    func carryUntilSettled(_ task: TaskID, atMost rounds: Int = 60) async throws -> Int {
        for number in 1...rounds {
            try await cycle()
            try await carry()
            if await coordinator.isSettled(task) { return number }
            try await Task.sleep(for: .milliseconds(100))
        }
        return .max
    }
}
