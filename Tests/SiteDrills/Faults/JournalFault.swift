import DrillKit
import Glibc
import Synchronization

/// An agent's journal is gone when it starts again, or is an older copy.
final class JournalFault: SiteFault {
    /// What becomes of the journal.
    enum Loss: String, Sendable { case deleted, older }

    let kind: String
    let isLong = false
    private let loss: Loss
    private let hit = Mutex<DrillAgent?>(nil)

    init(_ loss: Loss) {
        self.loss = loss
        kind = "journal-\(loss.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let pause = Double.random(in: 3...15, using: &random)
        let agent = site.agent
        guard let process = await agent.process(), !process.isStopped else { return nil }
        let journal = JournalFiles(path: agent.journalPath)
        let copy = JournalFiles(path: "\(agent.journalPath).older")
        guard let before = journal.identity else { return nil }
        if loss == .older {
            guard try await journal.copy(to: copy, while: process) else { return nil }
            try await Task.sleep(for: .seconds(pause))
        }
        hit.withLock { $0 = agent }
        guard let gone = try await process.killedNow() else { return nil }
        switch loss {
        case .deleted:
            journal.delete()
            guard journal.identity == nil else { return nil }
            return Landing(
                target: "journal of \(site.name)", pid: process.pid,
                evidence: "\(gone); \(agent.journalPath) (\(before)) is gone")
        case .older:
            let newest = journal.identity ?? "gone"
            let isOlder = try !copy.equals(journal)
            try copy.copy(to: journal)
            copy.delete()
            // Nothing was written meanwhile: then it is the newest still.
            guard isOlder else { return nil }
            return Landing(
                target: "journal of \(site.name)", pid: process.pid,
                evidence:
                    "\(gone); the journal (\(newest)) is what it was \(EpochTime.text(pause)) s before (\(before))"
            )
        }
    }

    func heal(_ seed: Seed) async throws {
        guard let agent = hit.withLock({ $0 }) else { return }
        try await agent.start()
        hit.withLock { $0 = nil }
    }
}
