import Federation

/// Puts a member's finish marker and what it left into the form in which its end is told.
enum EndReport {
    /// The longest `result.json` that is taken along.
    static let maximumResultBytes = 64 << 10

    static func end(_ finish: MemberFinish, in folder: MemberFolder, staged: StagedOutputs?) -> AttemptEnd {
        var notes: [String] = staged?.notes ?? []
        let result = result(in: folder, notes: &notes)
        var end = AttemptEnd(
            outcome: finish.outcome, exit: finish.exit, signal: finish.signal, at: finish.endedAt,
            artifacts: finish.outcome == .completed ? staged?.artifacts ?? [] : [], result: result,
            progress: progress(in: folder, result: result))
        end.detail = ([words(finish, folder)] + notes).filter { !$0.isEmpty }.joined(separator: "; ")
        return end
    }

    private static func result(in folder: MemberFolder, notes: inout [String]) -> JSONValue? {
        let path = "\(folder.outputs)/result.json"
        guard DurableFile.exists(path) else { return nil }
        guard let bytes = try? DurableFile.read(path, limit: maximumResultBytes) else {
            notes.append("result.json is longer than \(maximumResultBytes) bytes and was left out")
            return nil
        }
        do {
            return try WireText.value(from: bytes)
        } catch {
            notes.append("result.json is no JSON and was left out")
            return nil
        }
    }

    /// How far it came: what the result says, else its newest checkpoint, else its last metrics line.
    private static func progress(in folder: MemberFolder, result: JSONValue?) -> Int64 {
        if let said = result?["progress"]?.integer ?? result?["step"]?.integer { return said }
        if let step = ResumePoint.newestStep(in: folder.checkpoints) { return step }
        return MetricsTail.lastLine(folder.metrics)?["step"]?.integer ?? 0
    }

    private static func words(_ finish: MemberFinish, _ folder: MemberFolder) -> String {
        if let fault = finish.launchFault { return fault }
        var words: [String] = []
        switch finish.endedBy {
        case .itself: break
        case .cancel: words.append("cancelled")
        case .walltime:
            words.append(finish.startedAt == nil ? "no walltime was left for it" : "its walltime was over")
        case .site: words.append("the site ended the job")
        case .stalled: words.append("it made no progress for as long as its task allows (stallAfter)")
        case .unguarded: words.append("its watchdog was gone, so it was ended")
        }
        if let signal = finish.signal {
            words.append("ended by signal \(signal)")
        } else if let exit = finish.exit, exit != 0 {
            words.append("exit \(exit)")
        }
        if let named = finish.named { words.append("its log says \"\(named.text)\"") }
        if finish.memoryKills { words.append("the kernel killed a process for memory") }
        if finish.leftovers > 0 {
            words.append("\(finish.leftovers) processes that it left behind were ended")
        }
        let failed = finish.outcome != .completed && finish.outcome != .continues
        if failed,
            let line = LogReader.lastLine("\(folder.path)/stderr.log") ?? LogReader.lastLine(folder.log)
        {
            words.append("last line: \(line)")
        }
        return words.joined(separator: "; ")
    }
}
