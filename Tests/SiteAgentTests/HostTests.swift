import Federation
import Glibc
import Testing

@testable import SiteAgent

/// Slots, identities of processes, settings, stores.
@Suite struct HostTests {
    @Test func slotsAreTakenAllOrNone() throws {
        let scratch = try Scratch()
        let pool = try SlotPool(folder: scratch.path + "/slots", slots: 3)
        let other = try SlotPool(folder: scratch.path + "/slots", slots: 3)
        let lease = try #require(try pool.take(2))
        #expect(try other.free() == 1)
        #expect(try other.take(2) == nil)
        #expect(try other.free() == 1, "nothing is kept of a try that failed")
        lease.release()
        #expect(try other.take(3)?.slots == [0, 1, 2])
        #expect(throws: AgentFault.self) { try SlotPool(folder: scratch.path + "/slots", slots: 4) }
    }

    @Test func aProcessIsNotMistakenForAnother() throws {
        let me = try #require(ProcessIdentity.current)
        #expect(ProcessIdentity(me.description) == me)
        #expect(me.isAlive)
        let other = try #require(ProcessIdentity("\(me.pid).\(me.start + 1).\(me.boot)"))
        #expect(!other.isAlive)
        #expect(ProcessIdentity("12.x.y") == nil)
    }

    @Test func unknownSettingsAreRefusedWithAHint() throws {
        let good = try ConfigurationFile(
            text: "folder: /x\nslots: 3\npartitions: [cpu, big]\nenvironment: {A: b}\n", name: "f.yaml")
        #expect(good.configuration.slots == 3)
        #expect(good.configuration.partitions == ["cpu", "big"])
        #expect(good.configuration.environment == ["A": "b"])
        func words(_ text: String) -> String {
            do {
                _ = try ConfigurationFile(text: text, name: "f.yaml")
                return ""
            } catch { return "\(error)" }
        }
        #expect(words("slotz: 3").contains("did you mean \"slots\"?"))
        #expect(words("slots: many").contains("whole number from 1 to 4096"))
        #expect(words("folder: relative").contains("absolute path"))
        #expect(words("slots: 1\nslots: 2") != "")
        #expect(words("- a").contains("mapping"))
        var reader = ConfigurationFile()
        try reader.apply(environment: ["HANSA_AGENT_POLL_SECONDS": "7", "OTHER": "x"])
        #expect(reader.configuration.pollSeconds == 7)
    }

    @Test func theStoreNoticesChangedFiles() throws {
        let scratch = try Scratch()
        let store = ContentStore(path: "\(scratch.path)/store")
        let draft = try store.makeDraft()
        try DurableFile.write([7, 8, 9], to: draft)
        let hash = ContentHash.of([7, 8, 9] as [UInt8])
        try store.adopt(draft: draft, sha256: hash)
        #expect(store.has(hash, bytes: 3))
        let manifest = Manifest(
            files: [.init(path: "x", bytes: 3, sha256: hash, chunks: [.init(sha256: hash, bytes: 3)])])
        try store.link(manifest, into: "\(scratch.path)/in")
        // A program makes its input writable and changes it.
        chmod("\(scratch.path)/in/x", 0o600)
        let file = open("\(scratch.path)/in/x", O_WRONLY)
        _ = pwrite(file, [0 as UInt8], 1, 0)
        close(file)
        #expect(!store.has(hash, bytes: 3))
        #expect(store.lacking(manifest).count == 1)
    }

    @Test func theStoreShrinksToItsLimit() throws {
        let scratch = try Scratch()
        let store = ContentStore(path: "\(scratch.path)/store")
        for value in 0..<4 as Range<UInt8> {
            let draft = try store.makeDraft()
            try DurableFile.write([UInt8](repeating: value, count: 1000), to: draft)
            try store.adopt(draft: draft, sha256: ContentHash.of([UInt8](repeating: value, count: 1000)))
        }
        #expect(store.shrink(to: 2000) == 2000)
        #expect(store.shrink(to: 2000) == 0)
    }

    @Test func logsAreReadByOffsetWhileTheirMiddleIsGone() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/log"
        let log = BoundedLog(path: path, head: 10, tail: 10)
        log.write(Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)[...])
        #expect(LogReader.piece(path, offset: 0, bytes: 4)?.text == "0123")
        let last = LogReader.piece(path, offset: -4, bytes: 10)
        #expect(last?.text == "wxyz")
        #expect(last?.offset == 32)
        let gone = LogReader.piece(path, offset: 12, bytes: 3)
        #expect(gone?.offset == 20)
        #expect(gone?.text == "klm")
        log.finish()
        let text = String(decoding: try DurableFile.read(path), as: UTF8.self)
        #expect(text == "0123456789\n[hansa: 16 bytes were left out here]\nqrstuvwxyz")
    }

    /// Pieces end between characters while a program writes, and every byte is told once.
    @Test func logsArePiecedTogetherBetweenCharacters() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/log"
        let log = BoundedLog(path: path, head: 10, tail: 100)
        let said = Array("grüße, жизнь 🙂 jäh\n".utf8)
        // The head ends inside a character, as does what has been written so far.
        let written = said.dropLast(3)
        log.write(written)
        for bytes in 1...said.count {
            var text = ""
            var offset: Int64 = 0
            while let piece = LogReader.piece(path, offset: offset, bytes: Int64(bytes), isOver: false),
                piece.bytes > 0
            {
                #expect(piece.offset == offset)
                text += piece.text
                offset += piece.bytes
            }
            // Where fewer bytes are asked for than a character has, it cannot come whole.
            if bytes >= 4 { #expect(text == "grüße, жизнь 🙂 j") }
            #expect(offset == Int64(written.count) - 1, "\(bytes)")
        }
        log.write(said.suffix(3))
        let rest = LogReader.piece(path, offset: Int64(written.count) - 1, bytes: 100, isOver: false)
        #expect(rest?.text == "äh\n")
        // From the end: not from within a character.
        #expect(LogReader.piece(path, offset: -3, bytes: 100)?.text == "h\n")
        #expect(LogReader.piece(path, offset: -3, bytes: 100)?.offset == Int64(said.count) - 2)
    }

    @Test func whatIsNoTextIsReplacedAndCountedAsItIs() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/log"
        try DurableFile.write([0xFF, 0x00, 0x41, 0xE2, 0x82], to: path)
        let over = LogReader.piece(path, offset: 0, bytes: 100)
        #expect(over == .init(offset: 0, bytes: 5, text: "\u{FFFD}\u{2400}A\u{FFFD}"))
        let live = LogReader.piece(path, offset: 0, bytes: 100, isOver: false)
        #expect(live == .init(offset: 0, bytes: 3, text: "\u{FFFD}\u{2400}A"))
        #expect(LogReader.piece(path, offset: 3, bytes: 100, isOver: false)?.bytes == 0)
    }

    @Test func nextPortIsTheAgents() {
        #expect(Enrolment.nextPort("https://h.eu:8443/") == "https://h.eu:8444")
        #expect(Enrolment.nextPort("https://h.eu") == "https://h.eu:444")
    }
}
