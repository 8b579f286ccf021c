import Federation

/// Keeps run folders within their quota: the oldest of the settled and told ones are reduced to their records first.
enum RunFolderQuota {
    /// A pack of which every attempt is settled, told and forgotten by the coordinator.
    struct Closed {
        var pack: PackID
        var endedAt: Instant
        var members: [AttemptKey]
        /// Members whose checkpoints an attempt of their task may yet go on from.
        var spared: Set<AttemptKey>
    }

    /// Cleans until the folders take no more than `limit` bytes. Answers words for people where that cannot be reached.
    static func keep(
        within limit: Int64, _ root: RunRoot, closed: [Closed], now: Instant
    ) -> String? {
        var sizes: [PackID: Int64] = [:]
        for (pack, folder) in root.folders() { sizes[pack] = FolderSize.bytes(of: folder.path) }
        var total = sizes.values.reduce(0, +)
        for entry in closed.sorted(by: { $0.endedAt < $1.endedAt }) where total > limit {
            guard let before = sizes[entry.pack] else { continue }
            let folder = root.folder(entry.pack)
            RunFolderCleaning.clean(
                folder, members: entry.members, sparing: entry.spared,
                why: "run folders may take \(limit >> 30) GB there, and this was the oldest", at: now)
            total -= max(0, before - FolderSize.bytes(of: folder.path))
        }
        guard total > limit else { return nil }
        return
            "run folders take \(total >> 20) MiB of the \(limit >> 20) MiB that runGigabytes allows, and what is "
            + "left is unsettled, not yet told, or a checkpoint that a task goes on from"
    }
}
