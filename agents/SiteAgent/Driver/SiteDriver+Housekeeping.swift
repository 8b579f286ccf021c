import Federation
import Logging

extension SiteDriver {
    /// What is done now and then: the certificate, old run folders, the store's size.
    func keepHouse() async {
        let now = WallClock.sinceBoot()
        guard now >= housekeepingAt else { return }
        housekeepingAt = now + 60 * 1_000_000
        if let connection = parts.link as? AgentConnection {
            do {
                if let words = try await connection.renewIfDue() { log.notice("\(words)") }
            } catch {
                log.error("the certificate could not be renewed: \(error)")
            }
        }
        let open = Set(journal.rules.packs.keys)
        toldReasons = toldReasons.filter { open.contains($0.key) }
        // Walks over folders and history cost time that a cycle of `once` should not take every few minutes.
        let mark = "\(parts.folder.path)/house-kept"
        let last = DurableFile.modified(mark).map { Instant(microseconds: $0) }
        if let last, abs(self.now().seconds(since: last)) < parts.configuration.houseSeconds { return }
        makeRoom()
        try? DurableFile.write([], to: mark)
    }

    /// Every document lists all attempts: with thousands of them it is megabytes, and what was needed to write it is many
    /// times that, while the poll that carries it stays open.
    func giveMemoryBack() {
        let now = WallClock.sinceBoot()
        guard journal.rules.attempts.count >= 1000, now >= memoryGivenBackAt + 10_000_000 else { return }
        memoryGivenBackAt = now
        HostMemory.giveBack()
    }

    private func makeRoom() {
        let now = self.now()
        let keep = parts.configuration.keepDays * 86_400
        let closed = closedPacks()
        for entry in closed where now.seconds(since: entry.endedAt) > keep {
            // A task that goes on today goes on from its checkpoints, however old they are.
            RunFolderCleaning.clean(
                parts.runRoot.folder(entry.pack), members: entry.members,
                sparing: entry.spared.filter { key in isLive(key.task) },
                why: "run folders are kept for \(parts.configuration.keepDays) days there", at: now)
        }
        let fault = RunFolderQuota.keep(
            within: parts.configuration.runGigabytes << 30, parts.runRoot, closed: closed, now: now)
        if let fault, fault != report.roomFault { log.warning("\(fault)") }
        report.roomFault = fault
        // Only what has no evidence left and no backup to answer to: its record stays in the run folder.
        let history = max(parts.configuration.historyDays, parts.configuration.keepDays) * 86_400
        journal.rules.prune(endedBefore: now.adding(seconds: -history))
        parts.store.shrink(to: parts.configuration.storeGigabytes << 30)
    }

    private func isLive(_ task: TaskID) -> Bool {
        journal.rules.attempts.values.contains { $0.key.task == task }
    }

    /// Packs whose attempts are all settled and forgotten: everything of theirs has been told and fetched. A task goes on
    /// from the checkpoints of its newest attempt here, unless that one ended it; while another attempt of it is here,
    /// from any.
    private func closedPacks() -> [RunFolderQuota.Closed] {
        let live = Set(journal.rules.attempts.keys.map(\.task))
        var newest: [TaskID: Fence] = [:]
        for key in journal.rules.history.keys {
            newest[key.task] = max(newest[key.task] ?? key.fence, key.fence)
        }
        return journal.rules.closedPacks.values.compactMap { pack in
            let entries = pack.members.compactMap { journal.rules.history[$0] }
            guard let ended = entries.compactMap(\.endedAt).max() else { return nil }
            let spared = entries.filter { entry in
                if live.contains(entry.key.task) { return true }
                let isOver = entry.end?.outcome == .completed || entry.end?.outcome == .cancelled
                return newest[entry.key.task] == entry.key.fence && !isOver
            }
            return RunFolderQuota.Closed(
                pack: pack.id, endedAt: ended, members: pack.members, spared: Set(spared.map(\.key)))
        }
    }
}
