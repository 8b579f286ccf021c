import Federation
import Glibc
import Logging

extension SiteDriver {
    /// Does what the rules want done in the outside world; the exchange itself is `startPoll`'s.
    func act() async throws {
        journal.rules.capacity = await capacity()
        journal.rules.trouble = trouble?.description
        let due = pace.isDue(now: WallClock.sinceBoot())
        let urgent = pace.takeUrgent()
        let actions = journal.rules.nextActions(now: now()).filter { action in
            switch action {
            case .look(let pack): due || urgent.contains(pack)
            case .readRecord: due
            default: true
            }
        }
        if actions == [.scan] {
            try saveReply()
            try await scan()
            return
        }
        try await submit(
            actions.compactMap { action in if case .submit(let pack) = action { pack } else { nil } })
        // An exchange and an intent are journalled before they leave, with the reply; everything else comes after it.
        if actions.contains(where: { !$0.isJournalledFirst }) { try saveReply() }
        let asked = actions.compactMap { action -> PackID? in
            switch action {
            case .look(let pack), .readRecord(let pack): pack
            default: nil
            }
        }
        // Without an answer the folders are read all the same: a finish marker needs nobody else's word.
        var queue: QueueReading?
        if due, !asked.isEmpty {
            pace.looks(now: WallClock.sinceBoot())
            queue = await launcher.queue()
        }
        let wanted = queue.map { queue in asked.filter { wantsRecord($0, queue) } } ?? []
        let rows = wanted.isEmpty ? [:] : await launcher.rows(of: wanted.map(question))
        let told = journal.rules.outbox.last?.number ?? 0
        for action in try takeIn(actions, queue: queue, rows: rows) {
            try await attempt(action, queue: queue, rows: rows)
        }
        if journal.rules.outbox.last?.number ?? 0 > told { pace.want() }
        if let queue {
            for action in journal.rules.lateJobs(among: queue.shown, now: now()) {
                try await attempt(action, queue: queue, rows: rows)
            }
        }
    }

    /// Performs it. What one pack's folder has no room for does not keep the others from being looked at, nor the
    /// coordinator from hearing of them; it is tried again in the next turn.
    private func attempt(_ action: AgentAction, queue: QueueReading?, rows: [PackID: [JobRow]]?) async throws
    {
        do {
            try await perform(action, queue: queue, rows: rows)
        } catch let fault as StorageFault {
            noteStorage(fault)
        }
    }

    /// Looks at all packs that are to be looked at, and journals what was found at once: one commit for a hundred jobs that
    /// ended together. Answers what is left to do, which must come after it.
    private func takeIn(
        _ actions: [AgentAction], queue: QueueReading?, rows: [PackID: [JobRow]]?
    ) throws -> [AgentAction] {
        var next: [AgentAction] = []
        var looked = false
        var settled = false
        for action in actions {
            switch action {
            case .look(let pack):
                guard let found = try look(at: pack, queue: queue, rows: rows) else { continue }
                next += found
                looked = true
            case .readRecord(let pack):
                guard let read = readRecord(of: pack, queue: queue, rows: rows) else { continue }
                next += read.next
                settled = settled || read.isTold
            default: next.append(action)
            }
        }
        // What was only applied so far goes with the next document's number or the next intent.
        if looked || settled { try save() }
        if looked { try step(.looked) }
        if settled { try step(.settled) }
        return next
    }

    /// Gives a pack's evidence to the rules; answers what they want done, nil where its folder cannot be read.
    private func look(
        at pack: PackID, queue: QueueReading?, rows: [PackID: [JobRow]]?
    ) throws -> [AgentAction]? {
        guard let reading = evidence(of: pack, queue: queue, rows: rows) else { return nil }
        for unstaged in reading.unstaged { stageOut(unstaged) }
        if !reading.evidence.members.isEmpty, reading.unstaged.isEmpty, staging.outgoing.isEmpty {
            try step(.staged)
        }
        tellMetrics(of: pack, reading.evidence)
        return journal.rules.looked(pack, reading.evidence, now: now())
    }

    /// Gives a pack's record to the rules; nil while the queue does not answer.
    private func readRecord(
        of pack: PackID, queue: QueueReading?, rows: [PackID: [JobRow]]?
    ) -> (next: [AgentAction], isTold: Bool)? {
        guard queue != nil, let reading = evidence(of: pack, queue: queue, rows: rows) else { return nil }
        let before = journal.rules.outbox.count
        let next = journal.rules.recordRead(
            pack, JobReading(evidence: reading.evidence, readAt: now()), now: now())
        return (next, journal.rules.outbox.count != before)
    }

    private func perform(_ action: AgentAction, queue: QueueReading?, rows: [PackID: [JobRow]]?) async throws
    {
        switch action {
        case .exchange, .scan, .submit: return
        case .look, .readRecord:
            for action in try takeIn([action], queue: queue, rows: rows) {
                try await perform(action, queue: queue, rows: rows)
            }
        case .takeMarker(let pack): try takeMarker(pack)
        case .takeMemberMarker(let attempt): try takeMemberMarker(attempt)
        case .endMember(let attempt):
            guard let entry = journal.rules.attempts[attempt] else { return }
            try attempting("ask for the end of \(attempt)") {
                try parts.runRoot.folder(entry.pack).member(attempt).requestCancel()
            }
        case .cancelJob(let pack):
            let folder = parts.runRoot.folder(pack)
            // Once the pack's finish marker stands, a job of it is a run that comes too late.
            if !DurableFile.exists("\(folder.path)/finish"), isWindingDown(pack) { return }
            if Folder.isFolder(folder.path) {
                try attempting("ask for the end of \(pack)") {
                    try DurableFile.write([], to: folder.cancelPath)
                }
            }
            await launcher.cancel(pack)
        }
    }

    /// Whether every member has its finish marker, or will never start: the job is only about to end by itself.
    private func isWindingDown(_ pack: PackID) -> Bool {
        guard let members = (journal.rules.packs[pack] ?? journal.rules.closedPacks[pack])?.members else {
            return false
        }
        let folder = parts.runRoot.folder(pack)
        guard ((try? folder.start()) ?? nil)?.job != nil else { return false }
        return members.allSatisfy { key in
            let member = folder.member(key)
            if DurableFile.exists("\(member.path)/finish.json") { return true }
            return (((try? member.start()) ?? nil).map { $0.job == nil }) ?? false
        }
    }

    /// The folder's evidence with the queue's and the accounting's. The queue was read first: a job that it did not
    /// show any more has left its markers by the time they are read. Nil where the folder cannot be read, which
    /// proves nothing.
    private func evidence(
        of pack: PackID, queue: QueueReading?, rows: [PackID: [JobRow]]?
    ) -> EvidenceReader.Reading? {
        let entry = journal.rules.packs[pack] ?? journal.rules.closedPacks[pack]
        do {
            let folder = parts.runRoot.folder(pack)
            var reading = try EvidenceReader.read(folder, members: entry?.members ?? [])
            var queued = queue.map { $0.packs[pack]?.ids ?? [] }
            // The pack's finish marker is written when nothing of it runs but the wrapper itself, which may take a
            // moment to go (and its watchdog, were it stopped, for ever). A job that waits is another run of it.
            let waits = queue?.packs[pack]?.waitingReason != nil
            if !waits, case .job(let job, _, _)? = reading.evidence.marker, try folder.finish() != nil {
                queued?.removeAll { $0 == job }
            }
            // A member whose outputs are still being taken along is not over, whatever the queue says.
            reading.evidence.queued = reading.unstaged.isEmpty ? queued : nil
            reading.evidence.waitingReason = queue?.packs[pack]?.waitingReason
            reading.evidence.rows = rows?[pack]
            return reading
        } catch {
            log.error("pack \(pack): \(error)")
            return nil
        }
    }

    /// Whether the site's record can say anything that counts: not of a job that waits or runs.
    private func wantsRecord(_ pack: PackID, _ queue: QueueReading) -> Bool {
        // A pack that is settled is asked for only to have its record read again; its folder may be reduced by then, while
        // the queue still shows the job's end.
        queue.packs[pack] == nil || journal.rules.packs[pack] == nil
            || DurableFile.exists("\(parts.runRoot.folder(pack).path)/finish")
    }

    private func question(_ pack: PackID) -> PackInQuestion {
        let entry = journal.rules.packs[pack] ?? journal.rules.closedPacks[pack]
        let folder = parts.runRoot.folder(pack)
        let resources = entry?.offer?.resources ?? ((try? folder.record()) ?? nil)?.offer.resources
        return PackInQuestion(pack: pack, folder: folder, jobs: entry?.jobs ?? [], resources: resources)
    }

    /// Reads all run folders, then tells the journal; only while the queue answers.
    private func scan() async throws {
        guard let queue = await launcher.queue() else { return }
        var found: [FoundRunFolder] = []
        for (pack, folder) in parts.runRoot.folders() {
            do {
                guard let record = try folder.record() else { continue }
                guard record.instance == parts.identity.instance, record.offer.pack == pack else {
                    log.error("\(folder.path) is not of this agent's instance; it is left alone")
                    continue
                }
                let attempts = record.offer.members.map(\.attempt)
                var reading = try EvidenceReader.read(folder, members: attempts)
                reading.evidence.queued = reading.unstaged.isEmpty ? queue.packs[pack]?.ids ?? [] : nil
                let offers = record.offer.members.map { member in
                    ListedAttempt.Offered(
                        budget: member.budget, hold: member.hold, partition: record.offer.partition,
                        mustStartBy: record.offer.mustStartBy,
                        walltimeSeconds: record.offer.resources.walltimeSeconds,
                        graceSeconds: record.offer.graceSeconds)
                }
                found.append(
                    FoundRunFolder(
                        pack: pack, attempts: attempts, offers: offers, offer: record.offer,
                        evidence: reading.evidence))
            } catch {
                log.error("\(folder.path): \(error)")
            }
        }
        journal.rules.scanned(found, now: now())
        news = true
        try save()
        try step(.scanned)
    }

    func capacity() async -> [PartitionCapacity] {
        let open = journal.rules.packs.values.filter { pack in
            pack.members.contains { journal.rules.attempts[$0].map { !$0.hasEnded } ?? false }
        }
        var capacity = await launcher.capacity(openPacks: open.count)
        report.draining = DurableFile.exists(parts.folder.drainPath)
        if let reason = trouble?.short ?? (report.draining ? "the agent is being drained" : nil) {
            for index in capacity.indices {
                capacity[index].freeJobs = 0
                capacity[index].freeCores = 0
                capacity[index].remark = reason
            }
        }
        return capacity
    }

    // MARK: - Markers

    func takeMarker(_ pack: PackID) throws {
        let folder = parts.runRoot.folder(pack)
        var standing: StartMarker?
        try attempting("take the start marker of \(pack)") {
            try Folder.make(folder.path)
            standing = try StartMarker(job: nil, host: StartMarker.thisHost, at: now()).take(in: folder.path)
        }
        guard let holder = EvidenceReader.holder(standing) else { return }
        try step(.markerTaken)
        journal.rules.markerTaken(pack, by: holder, now: now())
        try save()
    }

    private func takeMemberMarker(_ attempt: AttemptKey) throws {
        guard let entry = journal.rules.attempts[attempt] else { return }
        let member = parts.runRoot.folder(entry.pack).member(attempt)
        var standing: StartMarker?
        try attempting("take the marker of \(attempt)") {
            try Folder.make(member.path)
            standing = try StartMarker(job: nil, host: StartMarker.thisHost, at: now()).take(in: member.path)
        }
        guard let holder = EvidenceReader.holder(standing) else { return }
        try step(.markerTaken)
        journal.rules.memberMarkerTaken(attempt, by: holder, now: now())
        try save()
    }

    /// File work that may fail for want of room: shown as the storage's fault and tried again in the next turn.
    func attempting(_ what: String, _ work: () throws -> Void) throws(StorageFault) {
        do {
            try work()
        } catch {
            throw StorageFault(what, error)
        }
    }
}

extension AgentAction {
    /// Whether the driver journals it before anything of it happens.
    fileprivate var isJournalledFirst: Bool {
        switch self {
        case .exchange, .submit: true
        case .scan, .look, .takeMarker, .takeMemberMarker, .endMember, .cancelJob, .readRecord: false
        }
    }
}
