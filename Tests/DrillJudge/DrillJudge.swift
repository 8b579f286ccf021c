import FoundationEssentials
import Glibc
import Judgement

/// `drill-judge FOLDER` judges one seed and writes its `verdict.json`; `drill-judge --summary OUT FOLDER…` sums verdicts.
/// Exits with 1 where something speaks against a seed, and with 2 where the evidence cannot be read.
@main
struct DrillJudge {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        if words.count == 1, !words[0].hasPrefix("-") {
            exit(judge(words[0]))
        } else if words.count >= 3, words[0] == "--summary" {
            exit(sum(Array(words[2...]), out: words[1]))
        }
        say("usage: drill-judge FOLDER | drill-judge --summary OUT FOLDER…")
        exit(2)
    }

    private static func judge(_ folder: String) -> Int32 {
        let path = "\(folder)/verdict.json"
        // Whatever stood there was about other evidence.
        unlink(path)
        do {
            let verdict = try Judge.judge(folder: folder)
            try write(verdict, to: path)
            let charges = [
                ("lost", verdict.lost), ("ran twice", verdict.ranTwice), ("overspent", verdict.overspent),
                ("ledger mismatch", verdict.ledgerMismatch),
            ]
            for (name, sentences) in charges { for sentence in sentences { say("\(name): \(sentence)") } }
            return verdict.acquits ? 0 : 1
        } catch {
            say("drill-judge: \(error)")
            return 2
        }
    }

    private static func sum(_ folders: [String], out: String) -> Int32 {
        let (summary, unreadable) = DrillSummary.sum(folders: folders)
        for fault in unreadable { say("drill-judge: \(fault)") }
        do {
            try write(summary, to: out)
        } catch {
            say("drill-judge: \(error)")
            return 2
        }
        return unreadable.isEmpty ? (summary.acquits ? 0 : 1) : 2
    }

    private static func write(_ value: some Encodable, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(value).write(to: URL(filePath: path), options: .atomic)
    }

    private static func say(_ words: String) { print(words) }
}
