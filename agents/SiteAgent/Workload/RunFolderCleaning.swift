import Federation

/// Makes room: what programs read and wrote goes, records and markers stay. They outlive the oldest backup of the
/// coordinator that may be restored, and whoever looks for the attempt then finds how it ended.
enum RunFolderCleaning {
    /// Reduces the members of a pack to their records. The checkpoints of those `sparing` stay.
    static func clean(
        _ folder: RunFolder, members: [AttemptKey], sparing spared: Set<AttemptKey> = [], why: String,
        at now: Instant
    ) {
        for key in members {
            let member = folder.member(key)
            let before = CleanedNote.standing(in: member)
            let isSpared = spared.contains(key)
            if let before, !before.keptCheckpoints || isSpared { continue }
            guard Folder.isFolder(member.path) else { continue }
            let bytes = before?.logBytes ?? FileStatus(member.log)?.bytes ?? 0
            let note = CleanedNote(
                at: before?.at ?? now, why: why, logBytes: bytes, keptCheckpoints: isSpared)
            // The note first: a log that is gone without a word would look like one that was empty.
            guard (try? JSONFile.write(note, to: "\(member.path)/cleaned.json")) != nil else { continue }
            var paths = [
                member.inputs, member.outputs, member.metrics, member.log,
                "\(member.path)/stdout.log", "\(member.path)/stderr.log",
            ]
            if !isSpared { paths.append(member.checkpoints) }
            for path in paths { try? Folder.remove(path) }
            removeStrangers(in: member)
        }
    }

    /// Whatever else the program left in its folder; an attempt's record is what the agent and the wrapper wrote.
    private static func removeStrangers(in member: MemberFolder) {
        for name in Folder.entries(member.path) where !isRecord(name) {
            try? Folder.remove("\(member.path)/\(name)")
        }
    }

    private static func isRecord(_ name: String) -> Bool {
        name == "start" || name.hasPrefix("start.") || name == "cancel" || name == "checkpoints"
            || ["spec", "launch", "finish", "staged", "cleaned"].contains { name == "\($0).json" }
    }

    /// Whether nothing more can be taken from the pack's folder.
    static func isClean(_ folder: RunFolder, members: [AttemptKey]) -> Bool {
        members.allSatisfy { key in
            let member = folder.member(key)
            guard Folder.isFolder(member.path) else { return true }
            return CleanedNote.standing(in: member).map { !$0.keptCheckpoints } ?? false
        }
    }
}
