import Federation
import Testing

@testable import hansa

@Suite struct OutputTests {
    @Test func numbersStandToTheRight() {
        var table = Table("NAME", ">COUNT")
        table.add("a", "1")
        table.add("long name", "12345")
        #expect(table.lines == ["NAME       COUNT", "a              1", "long name  12345"])
    }

    @Test func nobodysTextDrivesTheTerminal() {
        #expect(Table.printable("a\u{1B}[31mred\u{7}\u{9B}") == "a·[31mred··")
    }

    @Test(arguments: [
        (Int64(0), "0.000"), (Amount.perUnit * 3 / 2, "1.500"), (Amount.perUnit * 1234, "1234.0"),
        (-Amount.perUnit, "-1.000"),
    ])
    func amountsAreUnits(thousandths: Int64, text: String) {
        #expect(Figures.units(Amount(thousandths: thousandths)) == text)
    }

    @Test(arguments: [(Int64(0), "0s"), (59, "59s"), (3600, "1h"), (5430, "1h 30m"), (90_061, "1d 1h")])
    func durationsHaveTwoParts(seconds: Int64, text: String) {
        #expect(Figures.duration(seconds: seconds) == text)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("=1+1", "'=1+1"), ("-5", "-5"),
        ("say \"x\"", "\"say \"\"x\"\"\""),
    ])
    func cellsAreSafeForSpreadsheets(text: String, cell: String) {
        #expect(UsageCommand.quoted(text) == cell)
    }

    @Test func namesCannotReachAnotherRoute() {
        #expect(PathPart.encoded("../x y/ü") == "..%2Fx%20y%2F%C3%BC")
    }

    @Test func scoresNameWhatIsUnsound() {
        func task(_ variant: String, bpb: Double) -> TaskView {
            var task = TaskView(
                id: TaskID(submission: "s", index: 0), campaign: "c", campaignName: "c", name: variant,
                kind: .evaluation, state: .completed, partner: "p", priority: 0,
                submittedAt: Instant(seconds: 0))
            task.result = .object([
                "language": .string("mt"), "variant": .string(variant), "bpb": .number(bpb),
                "uniform_bpb": .number(4), "unigram_bpb": .number(3), "bpc": .number(3.5),
                "xz_bpb": .number(3),
                "bytes": .integer(1000),
            ])
            task.site = "alpha"
            return task
        }
        let sound = CampaignScores(tasks: [
            task("untrained", bpb: 4.1), task("trained", bpb: 2.5), task("int8", bpb: 2.6),
        ])
        #expect(sound.faults.isEmpty)
        let unsound = CampaignScores(
            tasks: [task("untrained", bpb: 4.5), task("trained", bpb: 4.2), task("int8", bpb: 2.6)])
        #expect(unsound.faults.count == 3)
        #expect(
            CampaignScores(tasks: [task("trained", bpb: 2)]).faults == [
                "mt: not all three variants were scored"
            ])
        var bare = task("trained", bpb: 2.5)
        bare.result = .object(["language": .string("mt"), "variant": .string("trained"), "bpb": .number(2.5)])
        let incomplete = CampaignScores(tasks: [task("untrained", bpb: 4.1), bare, task("int8", bpb: 2.6)])
        #expect(
            incomplete.faults == [
                "mt: the scores lack bits per character, a unigram model, its bytes"
            ])
    }

    @Test func aSummarySaysWhatFallsShort() {
        let expected = CampaignSummary.Expected(languages: 33, links: 1, entries: 100)
        #expect(CampaignSummary.shortfalls(of: expected, languages: 33, links: 1, entries: 100).isEmpty)
        #expect(CampaignSummary.shortfalls(of: expected, languages: 32, links: 0, entries: 99).count == 3)
    }
}
