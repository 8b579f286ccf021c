import Federation
import Logging
import Seal
import Wire

extension SiteDriver {
    /// One cycle of the courier mode: takes in what was brought, acts, and puts the next bundle out. Nothing is removed
    /// from the outbox that a reply has not answered. Throws what stops it; a later cycle picks up.
    func runCourier(_ link: CourierLink, bookKey: Ed25519PublicKey, key: Ed25519Key) async throws
        -> CourierRound
    {
        defer {
            writeReport(force: true)
            journal.close()
        }
        do {
            let round = try await courierRound(link, bookKey: bookKey, key: key)
            if !round.written.isEmpty { parts.folder.journalMark.noteSuccess() }
            return round
        } catch let fault as JournalFault {
            // Nobody can be told from here but who started this cycle; the next one that can write tells all.
            journalFault = fault
            parts.folder.journalMark.noteFailure()
            throw fault
        } catch let fault as FileFault where fault.isFull {
            parts.folder.journalMark.noteFailure()
            throw fault
        }
    }

    private func courierRound(_ link: CourierLink, bookKey: Ed25519PublicKey, key: Ed25519Key) async throws
        -> CourierRound
    {
        // One bundle has to say what many polls would.
        journal.rules.settings.eventsPerDocument = 2000
        lookAtStorage()
        var round = CourierRound()
        try await takeIn(link, bookKey: bookKey, &round)
        try await actUntilQuiet()
        await keepHouse()
        try save()
        let wants = wanted(link)
        if !journal.rules.head.scanDue {
            if journal.rules.session == nil {
                try await putOut(link, wants, key, &round)
            }
            try await putOut(link, wants, key, &round)
        }
        round.carried = link.box.carried().count
        round.wanted = wants.count
        return round
    }

    private func takeIn(_ link: CourierLink, bookKey: Ed25519PublicKey, _ round: inout CourierRound)
        async throws
    {
        let identity = parts.identity
        let found = link.box.arrivals(instance: identity.instance, agent: identity.agent) {
            try bookKey.verify($0, of: $1)
        }
        round.refused = found.refused
        for words in found.refused { log.error("a bundle was not taken: \(words)") }
        for arrival in found.arrivals {
            let reply = arrival.reply.reply
            let isStale =
                await link.state.isStale(journal: reply.journal, number: reply.answers)
                || reply.journal != journal.rules.head.journal
            if isStale {
                round.stale += 1
            } else {
                try await take(.success(reply))
                round.fault = report.exchangeFault
                round.applied += 1
            }
            // The journal is saved: only now may what was told be let go of.
            try await link.note(arrival.note, isStale: isStale, now: now())
            try Folder.remove(arrival.file)
        }
    }

    /// Inputs are linked, jobs started, ends told, outputs put out: until nothing moves without somebody's coming.
    private func actUntilQuiet() async throws {
        var iterator = waker.stream.makeAsyncIterator()
        for _ in 0..<200 {
            news = false
            let wasDue = journal.rules.head.scanDue
            let untold = journal.rules.outbox.count
            try await act()
            if staging.isBusy {
                await waker.wait(&iterator, atMost: .milliseconds(500))
            } else if !news, wasDue == journal.rules.head.scanDue, untold == journal.rules.outbox.count {
                return
            }
        }
    }

    /// The chunks that open packs need and that are not here, as many as may be under way at a time. What is here and
    /// needed by nobody is removed.
    private func wanted(_ link: CourierLink) -> [Manifest.Chunk] {
        var needed: Set<String> = []
        var wants: [Manifest.Chunk] = []
        var bytes: Int64 = 0
        let waiting = journal.rules.packs.values.filter { $0.state == .accepted || $0.state == .confirmed }
        for pack in waiting.sorted(by: { $0.id < $1.id }) {
            let inputs = (pack.offer?.members ?? []).flatMap(\.inputs)
            let files = inputs.flatMap { parts.store.lacking($0.manifest) }
            for chunk in files.flatMap(\.chunks) where needed.insert(chunk.sha256).inserted {
                guard !link.box.hasArrived(chunk), wants.count < CourierDocument.maximumChunks,
                    bytes + chunk.bytes <= link.limit
                else { continue }
                bytes += chunk.bytes
                wants.append(chunk)
            }
        }
        link.box.keepArrived(only: needed)
        return wants
    }

    /// The next document as a bundle. Its number is on disk before the bundle is.
    private func putOut(
        _ link: CourierLink, _ wants: [Manifest.Chunk], _ key: Ed25519Key, _ round: inout CourierRound
    ) async throws {
        var document = journal.rules.document(freshSession: SessionID(RandomName.make()))
        try save()
        try step(.beforeExchange)
        let carries = Array(link.box.carried().prefix(CourierDocument.maximumChunks))
        var content: [UInt8] = []
        while true {
            content = try WireJSON.bytes(
                CourierDocument(document: document, wants: wants, carries: carries))
            guard content.count > Bundle.maximumContentBytes, document.events.count > 1 else { break }
            // What does not fit is told in the next one.
            document.events = Array(document.events.prefix(document.events.count / 2))
        }
        let header = BundleHeader(
            instance: document.instance, agent: document.agent, journal: document.journal,
            direction: .document, number: document.number, at: now(), bytes: 0, sha256: "")
        let file = try Bundle.file(
            header, content: content, sha256: ContentHash.of(content), sign: { try key.sign($0) })
        round.written.append(
            try link.box.put(file, number: document.number, journal: document.journal))
        let state = await link.state
        let answered = state.journal == document.journal ? state.answered : 0
        link.box.prune(journal: document.journal, answered: answered)
    }
}
