import Federation
import Logging

/// What the agent does while it cannot write: it takes nothing new, says so, and goes on by itself when it can.
extension SiteDriver {
    /// So long until the coordinator is told again that the journal cannot be written.
    private static let noticePause = Duration.seconds(30)

    /// Why nothing new is taken, if it is the storage's fault.
    var trouble: StorageFault? {
        journalFault.map { StorageFault(short: $0.short, description: $0.description) } ?? storage.fault
            ?? earlierFault
    }

    /// What an earlier cycle of a courier's agent could tell nobody.
    private var earlierFault: StorageFault? {
        guard mode == .courier, parts.folder.journalMark.hasFailed else { return nil }
        return StorageFault(
            short: "it had no room for its journal",
            description: "an earlier cycle could not write its journal or its bundle; this one can")
    }

    /// Looks whether there is room; says so when that changes.
    func lookAtStorage() {
        let before = storage.fault
        storage.look()
        switch (before, storage.fault) {
        case (nil, let fault?): log.error("\(fault)")
        case (.some, nil): log.notice("there is room for run folders and journal again")
        default: break
        }
    }

    /// Something among the run folders could not be written.
    func noteStorage(_ fault: StorageFault) {
        if storage.fault == nil { log.error("\(fault)") }
        storage.failed(fault)
    }

    /// The journal could not be written: no numbered document may leave until it can be. The coordinator hears of it by
    /// a notice instead, which is no part of the exchange. The open poll is given up: it could only bring offers.
    func noteJournal(_ fault: JournalFault) async {
        if journalFault == nil {
            log.error("\(fault)")
            noticeAt = .now
        }
        parts.folder.journalMark.noteFailure()
        journalFault = fault
        poll?.cancel()
        guard notice == nil, ContinuousClock.now >= noticeAt else { return }
        noticeAt = .now + SiteDriver.noticePause
        journal.rules.capacity = await capacity()
        journal.rules.trouble = trouble?.description
        let document = journal.rules.notice(freshSession: SessionID(RandomName.make()))
        let link = parts.link
        notice = Task { [weak self] in
            // Lost, it is sent again; so nobody waits for its answer.
            _ = try? await link.exchange(document, waitSeconds: 0)
            await self?.noticeEnded()
        }
    }

    /// Writes what could not be written: nothing is taken, done or told before that.
    func journalAgain() throws {
        guard journalFault != nil else { return }
        try save()
        journalFault = nil
        parts.folder.journalMark.noteSuccess()
        log.notice("the journal can be written again")
    }

    private func noticeEnded() { notice = nil }
}
