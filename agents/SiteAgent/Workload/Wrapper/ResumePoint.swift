import Federation
import Wire

/// Finds the checkpoint that an attempt goes on from: the newest complete one of an earlier fence of its task at this
/// site.
///
/// A checkpoint is a folder or file in a fence's `checkpoints` folder. It appears there whole, by rename; names that
/// begin with `.` or end in `.tmp` or `.partial` are not yet one, and a folder with a `state.json` tells its step there.
enum ResumePoint {
    static func find(for attempt: AttemptKey, runRoot: String) -> String {
        // The very first fence, which nearly all have, has none before it: there may be thousands of folders to look through.
        guard attempt.fence > Fence.none.next(generation: 1) else { return "" }
        var best: (fence: Fence, step: Int64, modified: Int64, path: String)?
        let prefix = "\(attempt.task)."
        for pack in Folder.entries(runRoot) {
            for name in Folder.entries("\(runRoot)/\(pack)") {
                guard name.hasPrefix(prefix), let key = AttemptKey(name), key.task == attempt.task,
                    key.fence < attempt.fence
                else {
                    continue
                }
                let folder = MemberFolder(path: "\(runRoot)/\(pack)/\(name)", attempt: key)
                for checkpoint in complete(in: folder.checkpoints) {
                    let found = (
                        fence: key.fence, step: step(of: checkpoint),
                        modified: DurableFile.modified(checkpoint) ?? 0, path: checkpoint
                    )
                    if let known = best,
                        (found.fence, found.step, found.modified) <= (known.fence, known.step, known.modified)
                    {
                        continue
                    }
                    best = found
                }
            }
        }
        return best?.path ?? ""
    }

    /// The newest step that an attempt's own checkpoints reached, or nil.
    static func newestStep(in checkpoints: String) -> Int64? {
        complete(in: checkpoints).map(step(of:)).max()
    }

    private static func complete(in folder: String) -> [String] {
        Folder.entries(folder)
            .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".tmp") && !$0.hasSuffix(".partial") }
            .map { "\(folder)/\($0)" }
    }

    /// The step that a checkpoint's `state.json` tells, else the number at the end of its name, else 0.
    private static func step(of checkpoint: String) -> Int64 {
        if let state = try? JSONFile.read(JSONValue.self, "\(checkpoint)/state.json"),
            let step = state["step"]?.integer
        {
            return step
        }
        let digits = Folder.name(of: checkpoint).reversed().prefix(while: \.isNumber).reversed()
        return Int64(String(digits)) ?? 0
    }
}
