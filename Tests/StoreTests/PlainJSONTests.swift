import Federation
import TestKit
import Testing

@testable import Store

/// Sealed lines hold these texts for ever: the short way must spell everything as the general encoder does.
@Suite struct PlainJSONTests {
    @Test func usageIsSpelledAsTheEncoderDoes() throws {
        var random = SystemRandomNumberGenerator()
        for round in 0..<500 {
            var usage = SampleAgent.usage(Int64.random(in: 0...1_000_000), from: SampleBook.start)
            usage.runs += (0..<round % 3).map { .init(start: .init(seconds: Int64($0)), seconds: Int64(-$0)) }
            usage.estimated = Bool.random(using: &random)
            usage.partition = round % 5 == 0 ? "odd \"name\"\\ü/" : "small-g.1_x/y"
            if Bool.random(using: &random) { usage.billing = Int64.random(in: 0...Int64.max) }
            if Bool.random(using: &random) { usage.cpuSeconds = Self.figures[round % Self.figures.count] }
            if Bool.random(using: &random) { usage.maximumResidentBytes = Int64(round) }
            if Bool.random(using: &random) { usage.energyJoules = Double.random(in: 0...1e12) }
            #expect(try StoredJSON.text(usage) == StoredJSON.encoded(usage))
            #expect((usage.plainJSON == nil) == (round % 5 == 0))
        }
    }

    @Test func anEndInGoodOrderIsSpelledAsTheEncoderDoes() throws {
        for round in 0..<16 {
            var end = AttemptEnd(
                outcome: .completed, exit: round & 1 == 0 ? nil : 0, signal: round & 2 == 0 ? nil : 15,
                at: SampleBook.start, progress: Int64(round),
                detail: round & 4 == 0 ? "" : "exit 0; done/fine")
            end.retryAsked = round & 8 == 0 ? nil : false
            #expect(end.plainJSON != nil)
            #expect(try StoredJSON.text(end) == StoredJSON.encoded(end))
            end.detail = "a \"word\""
            #expect(end.plainJSON == nil)
            #expect(try StoredJSON.text(end) == StoredJSON.encoded(end))
        }
    }

    private static let figures = [0, 1, -1, 0.1, 1e-7, 123_456.75, 1e15, 1e16, 1.5e300, 2.5e-308, 7_200.0]
}
