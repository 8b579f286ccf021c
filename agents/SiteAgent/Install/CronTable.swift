/// A user's crontab with the block of one agent in it; everything else stays as it is.
struct CronTable {
    /// The table's lines.
    private var lines: [String]

    init(text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
    }

    var text: String { lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n" }

    /// The line that starts one cycle every five minutes. A cycle that lasts longer keeps the next one out.
    static func line(_ agent: InstalledAgent, flock: String?) -> String {
        let lock = flock.map { [$0, "-n", "\(agent.folder.path)/once.lock"] } ?? []
        let words = lock + agent.command("once", ["--log-level", "warning"])
        let log = ShellWord.cron(["\(agent.folder.path)/once.log"])
        return "*/5 * * * * \(ShellWord.cron(words)) >> \(log) 2>&1"
    }

    /// Puts the agent's block in, in the place of the one that stood there.
    mutating func install(_ name: String, line: String) {
        let block = [Self.begin(name), line, Self.end(name)]
        if let range = range(of: name) {
            lines.replaceSubrange(range, with: block)
        } else {
            lines += block
        }
    }

    /// Takes the agent's block out; whether there was one.
    mutating func remove(_ name: String) -> Bool {
        guard let range = range(of: name) else { return false }
        lines.removeSubrange(range)
        return true
    }

    private func range(of name: String) -> ClosedRange<Int>? {
        guard let first = lines.firstIndex(of: Self.begin(name)),
            let last = lines[first...].firstIndex(of: Self.end(name))
        else { return nil }
        return first...last
    }

    private static func begin(_ name: String) -> String {
        "# begin \(name) (written by hansa-agent install --cron)"
    }
    private static func end(_ name: String) -> String { "# end \(name)" }
}
