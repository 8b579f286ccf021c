/// §4.9: a new, restored or displaced journal, and any journal under a new generation, begins with a scan.
extension AgentJournal {
    /// All run folders were read while the controller answered. What the journal did not know is in doubt until it has
    /// been looked for; what it knew better is kept.
    public mutating func scanned(_ folders: [FoundRunFolder], now: Instant) {
        for folder in folders {
            for (key, offered) in folder.members where history[key] == nil {
                if attempts[key] == nil {
                    attempts[key] = AttemptEntry(key: key, pack: folder.pack, offered: offered)
                    changes.attempts.insert(key)
                }
                join(key, to: folder.pack, mustStartBy: offered.mustStartBy)
            }
            guard let pack = packs[folder.pack] else { continue }
            if pack.offer == nil, let offer = folder.offer {
                packs[folder.pack]?.offer = offer
                changes.packs.insert(folder.pack)
            }
            // The record's order is the order of the slots: shares must come out the same whoever computes them.
            if pack.members != folder.attempts, Set(folder.attempts).isSuperset(of: pack.members) {
                packs[folder.pack]?.members = folder.attempts
                changes.packs.insert(folder.pack)
            }
            if !isOver(pack) { see(folder.pack, folder.evidence, now: now) }
        }
        head.scanDue = false
        requireSnapshot()
    }
}
