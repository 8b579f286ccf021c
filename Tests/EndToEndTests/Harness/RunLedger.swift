import DrillKit

/// What really ran of one task, as its program wrote it down.
struct RunLedger: CustomStringConvertible {
    /// A line: what happened, in which attempt, in which process.
    struct Line {
        var word: String
        var attempt: String
        var pid: Int32
    }

    private let text: String
    let lines: [Line]

    init(_ path: String) {
        text = TextFile.read(path)
        lines = text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let pid = Int32(words[2]) else { return nil }
            return Line(word: words[0], attempt: words[1], pid: pid)
        }
    }

    var description: String { text.isEmpty ? "nothing ran" : text }

    private func count(_ word: String) -> Int { lines.filter { $0.word == word }.count }
    /// How often the program began.
    var starts: Int { count("start") }
    /// How often it came to its end by itself, links of a chain apart.
    var ends: Int { count("end") }
    /// How often it ended with "continue me".
    var continuations: Int { count("continue") }
    /// How often it began while an earlier run was still alive.
    var overlaps: Int { count("overlap") }
    /// Attempts that began more than once.
    var repeatedAttempts: Int { starts + overlaps - Set(lines.map(\.attempt)).count }
    /// The process of the newest run.
    var newest: Int32? { lines.last { $0.word == "start" }?.pid }
}
