import FoundationEssentials
import Testing

@testable import Judgement

/// Missing, cut or garbled evidence is never innocence: it is no verdict at all.
@Suite struct MissingEvidenceTests {
    private static let lines = "lines/s-0.1.1,0,a1,100,5000.lines"

    @Test(arguments: [
        "plan.json", "timeline.jsonl", "slurm/a.sacct", "slurm/b.sacct", "hansa/tasks.json",
        "hansa/attempts.json", "hansa/entries.json", "hansa/budgets.json", MissingEvidenceTests.lines,
    ])
    func aMissingFileIsNoVerdict(file: String) throws {
        var seed = SeedFixture.good()
        seed.removed = [file]
        #expect(throws: Unreadable.self) { try seed.judged() }
        seed.removed = []
        seed.replaced[file] = "\u{0}garbled"
        #expect(throws: Unreadable.self) { try seed.judged() }
    }

    @Test(arguments: [
        "plan.json", "timeline.jsonl", "slurm/a.sacct", "hansa/tasks.json", "hansa/attempts.json",
        "hansa/entries.json", "hansa/budgets.json", MissingEvidenceTests.lines,
    ])
    func aFileThatIsCutIsNoVerdict(file: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "judge-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SeedFixture.good().write(to: folder)
        let url = URL(filePath: "\(folder)/\(file)")
        let whole = try Data(contentsOf: url)
        for length in [whole.count - 2, whole.count / 2, 1] {
            try whole.prefix(length).write(to: url)
            #expect(throws: Unreadable.self) { try Judge.judge(folder: folder) }
        }
    }

    @Test(arguments: [
        "beat 1800000030.100000 a1 999 5000 s-0 s-0.1.1 0\n",
        "hello 1800000030.100000 a1 100 5000 s-0 s-0.1.1 0\n",
        "beat 1800000001.100000 a1 100 5000 s-0 s-0.1.1 0\n", "beat 1800000030 a1 100 5000 s-0 s-0.1.1 0\n",
        "beat 1800000030.100000 a1 100 5000 s-1 s-0.1.1 0\n", "\n",
        "end 1800000030.100000 a1 100 5000 s-0 s-0.1.1 0\n",
    ])
    func aStrangeLineIsNoVerdict(line: String) throws {
        var seed = SeedFixture.good()
        seed.run("s-0", "s-0.1.1", from: 10, to: 20, last: nil)
        seed.replaced[MissingEvidenceTests.lines] =
            (seed.lines["s-0.1.1,0,a1,100,5000.lines"] ?? "") + line
        #expect(throws: Unreadable.self) { try seed.judged() }
    }

    @Test func entriesWithAGapAreNoVerdict() throws {
        var seed = SeedFixture.good()
        seed.replaced["hansa/entries.json"] = """
            [{"number": 2, "bookedAt": 1, "kind": "grant", "budget": "all", "amount": "1", "released": "0"}]
            """
        #expect(throws: Unreadable.self) { try seed.judged() }
    }

    @Test func aSeedThatDidNotComeToItsEndIsNoVerdict() throws {
        var seed = SeedFixture.good()
        seed.timeline.removeLast()
        #expect(throws: Unreadable.self) { try seed.judged() }
    }

    @Test(arguments: [
        #"{"at": 1800000021, "event": "landed", "fault": "agent-kill"}"#,
        #"{"at": 1800000021, "event": "landed", "fault": "link-cut", "evidence": "x"}"#,
        #"{"at": 1800000021, "event": "strike"}"#, #"{"event": "strike", "fault": "x"}"#,
    ])
    func aFaultWithoutWhatWasSeenIsNoVerdict(event: String) throws {
        var seed = SeedFixture.good()
        seed.timeline.insert(event, at: 3)
        #expect(throws: Unreadable.self) { try seed.judged() }
    }

    @Test func aSummaryTellsOfWhatWasNotJudged() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "judge-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try SeedFixture.good().write(to: "\(folder)/1")
        try SeedFixture.good().write(to: "\(folder)/2")
        let verdict = try Judge.judge(folder: "\(folder)/1")
        try JSONEncoder().encode(verdict).write(to: URL(filePath: "\(folder)/1/verdict.json"))
        let (summary, unreadable) = DrillSummary.sum(folders: ["\(folder)/1", "\(folder)/2"])
        #expect(summary.seeds == 2 && summary.unjudged == 1 && unreadable.count == 1 && !summary.acquits)
        #expect(summary.runs == 2 && summary.landed == 1 && summary.seconds == 190)
        #expect(DrillSummary.sum(folders: ["\(folder)/1"]).summary.acquits)
        let text = String(decoding: try JSONEncoder().encode(summary), as: UTF8.self)
        #expect(text.contains(#""ledger_mismatch":0"#) && text.contains(#""by_fault""#))
    }
}
