import Federation
import Testing

@testable import SiteAgent

/// The journal on disk.
@Suite struct JournalTests {
    private func identity(_ name: String = "a") -> AgentIdentity {
        AgentIdentity(
            agent: AgentID(name), site: SiteID("s"), instance: InstanceID("i"), runRoot: RunRootID("r"),
            coordinator: "", exchange: "")
    }

    private func open(_ scratch: Scratch, _ identity: AgentIdentity) throws -> PersistentJournal {
        try PersistentJournal(
            store: JournalStore(
                path: "\(scratch.path)/journal.sqlite", agent: identity.agent, instance: identity.instance),
            identity: identity, freshJournal: JournalID("fresh"), mode: .serve, settings: .init())
    }

    @Test func whatWasSavedIsThereAgain() throws {
        let scratch = try Scratch()
        var journal = try open(scratch, identity())
        let pack = try TestPack(below: "\(scratch.path)/runs", scripts: ["true", "true"])
        let evidence = PackEvidence(queued: [])
        let offers = pack.offer.members.map { member in
            ListedAttempt.Offered(
                budget: member.budget, hold: member.hold, partition: pack.offer.partition,
                mustStartBy: pack.offer.mustStartBy, walltimeSeconds: 1, graceSeconds: 1)
        }
        journal.rules.scanned(
            [
                FoundRunFolder(
                    pack: pack.offer.pack, attempts: pack.offer.members.map(\.attempt), offers: offers,
                    offer: pack.offer, evidence: evidence)
            ], now: WallClock().now())
        journal.rules.tell(.metrics(attempt: pack.offer.members[0].attempt, value: .integer(1)))
        try journal.save()
        let (packs, attempts, outbox, head) = (
            journal.rules.packs, journal.rules.attempts, journal.rules.outbox, journal.rules.head
        )
        #expect(!packs.isEmpty && !attempts.isEmpty && !outbox.isEmpty)
        journal.close()
        let again = try open(scratch, identity())
        #expect(again.rules.packs == packs)
        #expect(again.rules.attempts == attempts)
        #expect(again.rules.outbox == outbox)
        #expect(again.rules.head == head)
        again.close()
    }

    @Test func anotherAgentsJournalIsRefused() throws {
        let scratch = try Scratch()
        let journal = try open(scratch, identity())
        journal.close()
        #expect(
            throws: AgentFault.foreignJournal(
                path: "\(scratch.path)/journal.sqlite", owner: "a of instance i")
        ) { try open(scratch, identity("b")) }
    }

    @Test func oneProcessHasIt() throws {
        let scratch = try Scratch()
        let journal = try open(scratch, identity())
        #expect(throws: AgentFault.journalInUse(path: "\(scratch.path)/journal.sqlite")) {
            try open(scratch, identity())
        }
        journal.close()
        try open(scratch, identity()).close()
    }

    @Test func sharedFileSystemsAndDamageAreRefused() throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/journal.sqlite"
        let mounts = """
            22 1 0:1 / / rw - ext4 /dev/vda rw
            30 22 0:9 / \(scratch.path) rw,relatime shared:4 - nfs4 server:/home rw
            """
        #expect(throws: AgentFault.journalOnSharedFileSystem(path: path, kind: "nfs4")) {
            try JournalStore(path: path, agent: AgentID("a"), instance: InstanceID("i"), mounts: mounts)
        }
        try DurableFile.write(
            Array("this is no database, and long enough to be looked at as one: ".utf8), to: path)
        #expect(throws: AgentFault.damagedJournal(path: path, reason: "it is no SQLite database")) {
            try open(scratch, identity())
        }
    }

    @Test func anotherSitesRunRootIsRefused() throws {
        let scratch = try Scratch()
        let mark = RunRoot.Mark(
            id: RunRootID("r"), instance: InstanceID("i"), site: SiteID("lumi"), agent: AgentID("x"))
        _ = try RunRoot.make(path: scratch.path, mark: mark)
        #expect(throws: AgentFault.foreignRunRoot(path: scratch.path, owner: "x of site lumi")) {
            try RunRoot.open(path: scratch.path, agent: AgentID("a"), instance: InstanceID("i"))
        }
        #expect(throws: AgentFault.unmarkedRunRoot(path: "\(scratch.path)/none")) {
            try RunRoot.open(path: "\(scratch.path)/none", agent: AgentID("a"), instance: InstanceID("i"))
        }
    }
}
