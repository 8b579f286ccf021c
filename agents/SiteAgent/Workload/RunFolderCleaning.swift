import Federation

/// Makes room: what programs read and wrote goes, records and markers stay. They outlive the oldest backup of the
/// coordinator that may be restored, and whoever looks for the attempt then finds how it ended.
enum RunFolderCleaning {
    static func clean(_ folder: RunFolder, members: [AttemptKey]) {
        for key in members {
            let member = folder.member(key)
            for path in [
                member.inputs, member.outputs, member.checkpoints, member.metrics, member.log,
                "\(member.path)/stdout.log", "\(member.path)/stderr.log",
            ] {
                // What cannot be removed now is tried again at the next cleaning.
                try? Folder.remove(path)
            }
        }
    }
}
