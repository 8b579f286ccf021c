import Federation
import Glibc
import Seal
import Testing
import Wire

@testable import SiteAgent

/// The courier mode: real folders, real jobs, the book's rules, and a carrier that may do anything but sign.
@Suite struct CourierTests {
    private static func make(_ scratch: Scratch) throws -> TestCarrier {
        let site = try TestSite(scratch)
        return try TestCarrier(site, TestCoordinator([site.identity]))
    }

    private static func input(_ coordinator: TestCoordinator, _ text: String) async throws -> StagedInput {
        let bytes = Array(text.utf8)
        let hash = await coordinator.put(bytes)
        let manifest = Manifest(
            files: [
                .init(
                    path: "f", bytes: Int64(bytes.count), sha256: hash,
                    chunks: [.init(sha256: hash, bytes: Int64(bytes.count))])
            ])
        return StagedInput(name: "in", sha256: try ContentHash.of(manifest), manifest: manifest)
    }

    @Test func aTaskWithInputsAndOutputsGoesThroughByFiles() async throws {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        let task = await it.coordinator.submit(
            "cat $HANSA_INPUTS/in/f > $HANSA_OUTPUTS/copy/g", outputs: [TaskOutput(name: "copy")],
            inputs: [try await CourierTests.input(it.coordinator, "carried in\n")])
        let rounds = try await it.carryUntilSettled(task)
        #expect(rounds < 60)
        #expect(await it.coordinator.state(task) == .completed)
        let attempts = await it.coordinator.attempts(task)
        #expect(attempts.count == 1)
        let artifact = try #require(attempts.first?.end?.artifacts.first)
        #expect(await it.coordinator.depot[artifact.manifest.files[0].sha256] == Array("carried in\n".utf8))
        #expect(await it.coordinator.budgetFault == nil)
        // What has arrived is let go of, and nothing that was brought is left lying.
        try await it.cycle()
        #expect(Folder.entries(it.box.outboxChunks) == [])
        #expect(Folder.entries(it.box.inboxChunks) == [])
        #expect(Folder.entries(it.box.inbox).filter { $0.hasSuffix(Bundle.suffix) } == [])
        #expect(it.outgoing.count == 1)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func bundlesAreLostRepeatedAndOutOfOrder(_ seed: UInt64) async throws {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        await it.coordinator.hurry()
        let lock = "\(scratch.path)/lock"
        let counter = "\(scratch.path)/ran"
        let task = await it.coordinator.submit(
            """
            mkdir \(lock) || echo twice >> \(counter); echo $HANSA_ATTEMPT >> \(counter)
            cat $HANSA_INPUTS/in/f > $HANSA_OUTPUTS/copy/g; sleep 0.3; rmdir \(lock)
            """, outputs: [TaskOutput(name: "copy")],
            inputs: [try await CourierTests.input(it.coordinator, "carried in\n")])
        var state = seed
        func dice(_ sides: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % sides
        }
        var old: [(name: String, bytes: [UInt8])] = []
        var late: [(name: String, bytes: [UInt8])] = []
        var faults = 0
        for _ in 0..<120 {
            if await it.coordinator.isSettled(task) { break }
            try await it.cycle()
            try await it.bringWanted()
            var round = it.outgoing
            if dice(3) == 0 { round.reverse() }
            if dice(3) == 0, !old.isEmpty {
                round.append(old[Int(dice(UInt64(old.count)))])
            }
            old += round
            for bundle in round {
                switch dice(5) {
                case 0: faults += 1  // lost on its way out
                case 1:
                    _ = try await it.answer(bundle.bytes)
                    faults += 1  // its reply lost
                case 2:
                    late.append((bundle.name, try await it.answer(bundle.bytes)))
                    faults += 1
                default: try it.bring(try await it.answer(bundle.bytes), as: "reply-\(bundle.name)")
                }
            }
            if dice(2) == 0 {
                for (index, reply) in late.enumerated() {
                    try it.bring(reply.bytes, as: "late-\(index)-\(reply.name)")
                }
                if dice(2) == 0 { late = [] }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(faults > 3)
        #expect(await it.coordinator.isSettled(task))
        #expect(await it.coordinator.state(task) == .completed)
        let ran = String(decoding: try DurableFile.read(counter), as: UTF8.self).split(separator: "\n")
        #expect(!ran.contains("twice"))
        #expect(Set(ran).count == ran.count, "an attempt ran twice: \(ran)")
        #expect(await it.coordinator.budgetFault == nil)
    }

    enum Spoiling: CaseIterable {
        case contentByte, headerByte, signature, otherKey, otherInstance, otherAgent, truncated, empty
        case hugeHeader, document
    }

    @Test(arguments: Spoiling.allCases) func aBadBundleIsSetAsideAndNothingOfItUsed(_ spoiling: Spoiling)
        async throws
    {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        let task = await it.coordinator.submit("true")
        try await it.meet()
        let bundles = it.outgoing
        #expect(bundles.count == 2, "a hello, and the first document without waiting for its answer")
        let hello = try await it.answer(bundles[0].bytes)
        let good = try await it.answer(bundles[1].bytes)
        let reply = try WireJSON.value(
            CourierReply.self, from: try Bundle(reading: good).content,
            limits: JSONLimits(bytes: 1 << 24, depth: 64))
        #expect(reply.reply.offers.count == 1 && reply.reply.confirmed == reply.reply.offers.map(\.pack))
        var bad = good
        switch spoiling {
        case .contentByte: bad[bad.count - 20] ^= 1
        case .headerByte: bad[Bundle.format.utf8.count + 12] ^= 1
        case .signature: bad[(bad.split(separator: 0x0A)[2].startIndex) + 3] ^= 1
        case .otherKey: bad = try it.file(reply, key: try Ed25519Key.generate())
        case .otherInstance: bad = try it.file(reply, instance: "elsewhere")
        case .otherAgent: bad = try it.file(reply, agent: "somebody")
        case .truncated: bad.removeLast(bad.count / 3)
        case .empty: bad = []
        case .hugeHeader:
            bad = Array("\(Bundle.format)\n".utf8) + [UInt8](repeating: 0x7B, count: 5 << 20)
        case .document: bad = bundles[1].bytes
        }
        try it.bring(hello, as: "a.bundle")
        try it.bring(bad, as: "b.bundle")
        let round = try await it.cycle()
        #expect(round.applied == 1 && round.refused.count == 1, "\(round)")
        #expect(Folder.entries(it.box.refusedFolder) == ["b.bundle"])
        #expect(await it.coordinator.attempts(task).first?.startedAt == nil)
        // The same reply, whole, still counts.
        try it.bring(good, as: "c.bundle")
        #expect(try await it.cycle().applied == 1)
        #expect(try await it.carryUntilSettled(task) < 60)
        #expect(await it.coordinator.attempts(task).count == 1)
    }

    /// A carrier's names say nothing, and an older reply that comes after a newer one is stale: taken in the folder's order,
    /// what only the older one said would be lost.
    @Test func repliesCountInTheirOwnOrderWhateverTheirFilesAreCalled() async throws {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        _ = await it.coordinator.submit("true")
        try await it.meet()
        var replies: [[UInt8]] = []
        for bundle in it.outgoing { replies.append(try await it.answer(bundle.bytes)) }
        #expect(replies.count >= 2)
        for (index, reply) in replies.enumerated() { try it.bring(reply, as: "\(9 - index).bundle") }
        let round = try await it.cycle()
        #expect(round.applied == replies.count && round.stale == 0 && round.fault == nil, "\(round)")
    }

    @Test func aReplyThatIsAWeekOldStartsNothingAgain() async throws {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        let counter = "\(scratch.path)/ran"
        let task = await it.coordinator.submit("echo ran >> \(counter)")
        try await it.meet()
        var replies: [[UInt8]] = []
        for bundle in it.outgoing { replies.append(try await it.answer(bundle.bytes)) }
        for (index, reply) in replies.enumerated() { try it.bring(reply, as: "\(index).bundle") }
        #expect(try await it.carryUntilSettled(task) < 60)
        for _ in 0..<3 {
            try await it.cycle()
            try await it.carry()
        }
        for (index, reply) in replies.enumerated() { try it.bring(reply, as: "old-\(index).bundle") }
        let round = try await it.cycle()
        #expect(round.stale >= replies.count && round.fault == nil, "\(round)")
        try await it.cycle()
        #expect(try DurableFile.read(counter) == Array("ran\n".utf8))
        #expect(await it.coordinator.attempts(task).count == 1)
    }

    @Test func aChunkThatCameDamagedIsAskedForAgain() async throws {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        let task = await it.coordinator.submit(
            "grep -q carried $HANSA_INPUTS/in/f",
            inputs: [try await CourierTests.input(it.coordinator, "carried in\n")])
        try await it.meet()
        try await it.carry()
        #expect(try await it.cycle().wanted == 1)
        let hash = ContentHash.of(Array("carried in\n".utf8))
        try DurableFile.write(Array("carried on\n".utf8), to: "\(it.box.inboxChunks)/\(hash)")
        #expect(try await it.cycle().wanted == 1, "it was thrown away, and is wanted again")
        #expect(try await it.carryUntilSettled(task) < 60)
        #expect(await it.coordinator.state(task) == .completed)
        #expect(await it.coordinator.attempts(task).count == 1)
    }

    @Test func outputsBeyondTheBoundGoInSeveralRounds() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: ["courierMegabytes": "16"])
        let it = try TestCarrier(site, TestCoordinator([site.identity]))
        let task = await it.coordinator.submit(
            "head -c 50000000 /dev/urandom > $HANSA_OUTPUTS/big/b", outputs: [TaskOutput(name: "big")])
        var most: Int64 = 0
        for _ in 0..<60 {
            if await it.coordinator.isSettled(task) { break }
            try await it.cycle()
            most = max(most, it.box.carried().reduce(0) { $0 + $1.bytes })
            try await it.carry()
        }
        #expect(await it.coordinator.state(task) == .completed)
        #expect(most > 0 && most <= 16 << 20)
        #expect(await it.coordinator.depot.count == 6)
    }

    @Test func aSiteThatNobodyComesToKeepsFewBundles() async throws {
        let scratch = try Scratch()
        let it = try CourierTests.make(scratch)
        let task = await it.coordinator.submit("true")
        for _ in 0..<14 { try await it.cycle() }
        let names = it.outgoing.map(\.name)
        #expect(names.count == 10 && names[0].hasPrefix("000000000001-"))
        #expect(try await it.carryUntilSettled(task) < 60)
        #expect(await it.coordinator.attempts(task).count == 1)
    }

    @Test func enrolmentByFiles() throws {
        let scratch = try Scratch()
        let folder = AgentFolder(path: "\(scratch.path)/new")
        let path = try CarriedEnrolment.request(folder: folder, to: nil)
        let first = try #require(try JSONFile.read(CourierEnrolment.self, path))
        _ = try CarriedEnrolment.request(folder: folder, to: "\(scratch.path)/copy")
        let again = try #require(try JSONFile.read(CourierEnrolment.self, "\(scratch.path)/copy"))
        #expect(again.runRoot == first.runRoot && again.ed25519 == first.ed25519)
        var answer = EnrolmentAnswer(
            agent: "mn5", site: "mn5", instance: "book", generation: 1, certificates: "c", authority: "a")
        let file = "\(scratch.path)/answer"
        try JSONFile.write(answer, to: file)
        #expect(throws: AgentFault.self) { try CarriedEnrolment.settle(folder: folder, answerFile: file) }
        let key = try Ed25519Key.generate().publicKey
        answer.bookKey = try key.pem()
        try JSONFile.write(answer, to: file)
        let settled = try CarriedEnrolment.settle(folder: folder, answerFile: file)
        #expect(settled.identity.runRoot == first.runRoot)
        #expect(try key.fingerprint().hex == settled.bookKey)
        #expect(try folder.identity() == settled.identity)
        #expect(throws: AgentFault.self) { try CarriedEnrolment.request(folder: folder, to: nil) }
    }
}
