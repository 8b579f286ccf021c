import Federation
import Glibc
import Testing

@testable import SiteAgent

/// What is kept of run folders, and what is said of what is gone.
@Suite struct RunFolderTests {
    private static let now = Instant(seconds: 1_800_000_000)

    /// A finished pack with a megabyte of output, a checkpoint and a log of 1,000 bytes.
    private func pack(_ root: SiteAgent.RunRoot, megabytes: Int = 1) throws -> TestPack {
        let pack = try TestPack(below: root.path, scripts: ["true"])
        let member = pack.member()
        let bytes = [UInt8](repeating: 120, count: megabytes << 20)
        try DurableFile.write(bytes, to: "\(member.outputs)/o")
        try DurableFile.write([1], to: "\(member.path)/left by the program")
        try Folder.make("\(member.checkpoints)/step-3")
        try DurableFile.write(
            [UInt8](repeating: 120, count: 1 << 20), to: "\(member.checkpoints)/step-3/weights")
        try DurableFile.write([UInt8](repeating: 65, count: 1000), to: member.log)
        let job = StartMarker(job: "7", host: "n1", at: Self.now)
        try job.take(in: pack.folder.path)
        try job.take(in: member.path)
        try member.write(MemberFinish.withoutRun(at: Self.now, endedBy: .itself))
        return pack
    }

    private func root(_ scratch: Scratch) throws -> SiteAgent.RunRoot {
        try SiteAgent.RunRoot.make(
            path: "\(scratch.path)/runs",
            mark: .init(
                id: RunRootID("r"), instance: TestPack.instance, site: SiteID("s"), agent: AgentID("a")))
    }

    private func closed(_ pack: TestPack, age: Int64, spared: Bool = false) -> RunFolderQuota.Closed {
        let keys = pack.offer.members.map(\.attempt)
        return .init(
            pack: pack.offer.pack, endedAt: Self.now.adding(seconds: -age), members: keys,
            spared: spared ? Set(keys) : [])
    }

    @Test func theOldestGoFirstAndTheRecordStays() throws {
        let scratch = try Scratch()
        let root = try root(scratch)
        let packs = try (0..<3).map { _ in try pack(root) }
        let all = [closed(packs[0], age: 10), closed(packs[1], age: 30), closed(packs[2], age: 20)]
        // Six megabytes and a little; room for five: the oldest one alone makes it.
        #expect(RunFolderQuota.keep(within: 5 << 20, root, closed: all, now: Self.now) == nil)
        #expect(DurableFile.exists("\(packs[0].member().outputs)/o"))
        #expect(DurableFile.exists("\(packs[2].member().outputs)/o"))
        let member = packs[1].member()
        let names = Set(Folder.entries(member.path))
        #expect(names == ["cleaned.json", "finish.json", "spec.json", "start", "start.7"])
        #expect(try packs[1].folder.record()?.offer == packs[1].offer)
        let reading = try EvidenceReader.read(packs[1].folder, members: [member.attempt])
        #expect(reading.evidence.members[member.attempt]?.finish != nil, "the attempt is still accounted for")
    }

    @Test func checkpointsThatATaskGoesOnFromAreSparedAndThatIsTold() throws {
        let scratch = try Scratch()
        let root = try root(scratch)
        let one = try pack(root)
        let words = RunFolderQuota.keep(
            within: 0, root, closed: [closed(one, age: 10, spared: true)], now: Self.now)
        #expect(words?.contains("a checkpoint that a task goes on from") == true)
        #expect(DurableFile.exists("\(one.member().checkpoints)/step-3/weights"))
        #expect(!DurableFile.exists(one.member().outputs))
        _ = RunFolderQuota.keep(within: 0, root, closed: [closed(one, age: 10)], now: Self.now)
        #expect(!DurableFile.exists(one.member().checkpoints), "and taken when nothing goes on from them")
        let note = try #require(CleanedNote.standing(in: one.member()))
        #expect(note.logBytes == 1000 && !note.keptCheckpoints, "what the first cleaning knew is not lost")
    }

    @Test func aRemovedLogSaysSoOnceBehindItsEnd() throws {
        let scratch = try Scratch()
        let root = try root(scratch)
        let one = try pack(root)
        let member = one.member()
        #expect(LogReader.piece(member.log, offset: 0, bytes: 10)?.text.count == 10)
        RunFolderCleaning.clean(
            one.folder, members: [member.attempt], why: "run folders are kept for 30 days there", at: Self.now
        )
        #expect(LogReader.piece(member.log, offset: 0, bytes: 10) == nil)
        let note = try #require(CleanedNote.standing(in: member))
        let first = note.piece(offset: 0)
        #expect(first.offset == 1000)
        #expect(
            first.text
                == "[hansa: this log was removed at its site on 2027-01-15: run folders are kept for 30 days there]\n"
        )
        #expect(note.piece(offset: -65_536).text == first.text)
        let rest = note.piece(offset: first.offset + Int64(first.text.utf8.count))
        #expect(rest.text.isEmpty && rest.offset == first.offset + Int64(first.text.utf8.count))
    }
}
