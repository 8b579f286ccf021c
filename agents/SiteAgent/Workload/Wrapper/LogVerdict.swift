import Federation

/// What a member's log says of its failure, by the patterns of its task.
enum LogVerdict {
    /// The first pattern of which the log has a line; nil where the program did not fail, or none says anything. The
    /// log is bounded, so this is too.
    static func read(_ spec: TaskSpec, _ folder: MemberFolder, exit: Int32?) -> FailurePattern? {
        guard let patterns = spec.failureRules?.patterns, !patterns.isEmpty, exit != 0, exit != 85 else {
            return nil
        }
        guard let log = try? DurableFile.read(folder.log) else { return nil }
        var scan = FailurePatternScan(patterns)
        scan.read(log[...])
        return scan.found
    }
}
