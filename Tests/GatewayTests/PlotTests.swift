import Federation
import TestKit
import Testing

@testable import Gateway

/// Numbers, moments and plots as people read them.
@Suite struct PlotTests {
    @Test func numbersAreGroupedAndCarryTheirDigits() {
        let thin = PageText.thin
        #expect(PageText.units(Amount(units: 1_234_567)) == "1\(thin)234\(thin)567.000")
        #expect(PageText.units(Amount(thousandths: 1800)) == "0.000")
        #expect(PageText.units(-Amount(units: 5)) == "−5.000")
        #expect(PageText.decimal(1.0005, digits: 2) == "1.00")
        #expect(PageText.decimal(-0.001, digits: 2) == "0.00")
        #expect(PageText.decimal(.nan, digits: 2) == "–")
        #expect(PageText.decimal(.infinity, digits: 2) == "–")
        #expect(PageText.percent(Amount(units: 1), of: Amount(units: 3)) == "33.3\(thin)%")
        #expect(PageText.percent(.zero, of: .zero) == "–")
    }

    @Test(arguments: [
        (0, "1970-01-01 00:00:00"), (951_782_400, "2000-02-29 00:00:00"),
        (1_709_251_199, "2024-02-29 23:59:59"),
        (1_800_000_000, "2027-01-15 08:00:00"), (-1, "1969-12-31 23:59:59"),
        (4_102_444_800, "2100-01-01 00:00:00"),
    ])
    func momentsAreCivilDates(seconds: Int64, text: String) {
        #expect(PageText.second(Instant(seconds: seconds)) == text)
    }

    @Test func durationsHaveTwoUnits() {
        let thin = PageText.thin
        #expect(PageText.duration(seconds: 0) == "0\(thin)s")
        #expect(PageText.duration(seconds: 3661) == "1\(thin)h 1\(thin)min")
        #expect(PageText.duration(seconds: 90_000) == "1\(thin)d 1\(thin)h")
        #expect(PageText.duration(seconds: -5) == "0\(thin)s")
    }

    @Test func theBurnDownLeadsToItsEnd() throws {
        let start = SampleBook.start
        func step(granted: Int64 = 0, charged: Int64 = 0, after seconds: Int64) -> BurnStep {
            BurnStep(
                site: "alpha", at: start.adding(seconds: seconds), granted: Amount(units: granted),
                charged: Amount(units: charged))
        }
        let steps = [
            step(granted: 60, after: 0), step(granted: 40, after: 0), step(charged: 10, after: 1000),
            step(charged: -2, after: 1500), step(charged: 12, after: 2000),
        ]
        let plot = BurnDown(
            site: "alpha", unit: "core-hours", steps: steps, now: start.adding(seconds: 2000),
            periodEnd: start.adding(seconds: 100_000))
        #expect(plot.points.map(\.left) == [100, 90, 92, 80].map { Amount(units: $0) })
        #expect(plot.spent == Amount(units: 20))
        // 20 units in 2000 s: the 80 that are left last 8000 s.
        #expect(plot.exhaustion == start.adding(seconds: 10_000))
        #expect(plot.sentence.contains("before the period ends"))
        #expect(MarkupCheck.faults(in: plot.figure().text) == [])
        let late = BurnDown(
            site: "alpha", unit: "core-hours", steps: steps, now: start.adding(seconds: 2000),
            periodEnd: start.adding(seconds: 5000))
        #expect(late.sentence.contains("before it is used up"))
    }

    @Test func extremesDrawSomething() {
        let now = SampleBook.start
        for entries in [[], [Int64.max / 4], [0]] as [[Int64]] {
            let steps = entries.map {
                BurnStep(site: "s", at: now, granted: Amount(thousandths: $0), charged: .zero)
            }
            let plot = BurnDown(site: "s", unit: "u", steps: steps, now: now, periodEnd: nil)
            let text = plot.figure().text
            #expect(MarkupCheck.faults(in: text) == [])
            #expect(!text.contains("nan") && !text.contains("inf"))
        }
        let scale = Scale(from: 0, to: 9.5, start: 0, end: 100)
        #expect(scale.ticks(5) == [0, 2, 4, 6, 8])
        #expect(Scale(from: 1, to: 1, start: 0, end: 100).ticks(5) == [1])
    }

    @Test func aLaterScoreWinsAndNonsenseIsLeftOut() {
        func task(_ index: Int, _ result: [String: JSONValue], ended: Int64) -> TaskView {
            var task = TaskView(
                id: TaskID(submission: "s", index: index), campaign: "s", campaignName: "c",
                name: "t\(index)",
                kind: .evaluation, state: .completed, partner: "p", priority: 0, submittedAt: SampleBook.start
            )
            task.endedAt = SampleBook.start.adding(seconds: ended)
            task.result = .object(result)
            return task
        }
        let scores = Scores(tasks: [
            task(0, ["language": .string("mt"), "bpb": .number(2)], ended: 20),
            task(1, ["language": .string("mt"), "bpb": .number(3)], ended: 10),
            task(2, ["language": .string("<b>"), "bpb": .number(-1)], ended: 10),
            task(3, ["language": .string("nb"), "bpb": .string("2")], ended: 10),
            task(4, ["language": .string("mt"), "variant": .string("int8"), "bpb": .integer(2)], ended: 30),
        ])
        #expect(scores.rows.map(\.language) == ["mt"])
        #expect(scores.rows.first?.trained == 2)
        #expect(scores.rows.first?.int8 == 2)
        #expect(MarkupCheck.faults(in: scores.figure().text + scores.table().text) == [])
    }
}
