/// Reads the file of one process: `word epoch.micro host pid starttime task attempt rank [more]`.
enum LinesFile {
    static func read(name: String, path: String, text: String) throws(Unreadable) -> ProgramRun {
        let parts = name.dropLast(".lines".count).split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 5, let pid = Int64(parts[3]), let born = Int64(parts[4]) else {
            throw Unreadable(path, "its name is not attempt,rank,host,pid,starttime.lines")
        }
        var run = ProgramRun(
            file: name, attempt: String(parts[0]), rank: String(parts[1]), host: String(parts[2]), pid: pid,
            born: born)
        guard !text.isEmpty else { return run }
        guard text.hasSuffix("\n") else { throw Unreadable(path, "its last line is cut") }
        for (index, line) in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let place = "\(path):\(index + 1)"
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count >= 8, words.count <= 9, let at = Moment(epoch: words[1]) else {
                throw Unreadable(place, "no line of a workload")
            }
            guard words[2] == run.host, Int64(words[3]) == pid, Int64(words[4]) == born,
                words[6] == run.attempt, words[7] == run.rank,
                run.written.map({ $0.task == words[5] }) ?? true
            else { throw Unreadable(place, "another process's line in the file of \(run.name)") }
            try add(words, at, to: &run, place)
        }
        return run
    }

    private static func add(
        _ words: [Substring], _ at: Moment, to run: inout ProgramRun, _ place: String
    ) throws(Unreadable) {
        let more = words.count == 9 ? words[8] : nil
        guard var written = run.written else {
            guard words[0] == "start" else { throw Unreadable(place, "it does not begin with its start") }
            run.written = ProgramRun.Written(task: String(words[5]), start: at, last: at)
            return
        }
        // One clock wrote them all, and nobody steps it.
        guard at >= written.last.adding(-1) else { throw Unreadable(place, "it is before the line above") }
        guard written.ended == nil, !written.continues else {
            throw Unreadable(place, "a line after the last one")
        }
        switch words[0] {
        case "beat", "signal": break
        case "continue": written.continues = true
        case "end":
            guard let code = more.flatMap({ Int32($0) }) else {
                throw Unreadable(place, "an end without its code")
            }
            written.ended = code
        default: throw Unreadable(place, "an unknown word: \(words[0])")
        }
        written.last = max(written.last, at)
        run.written = written
    }
}
