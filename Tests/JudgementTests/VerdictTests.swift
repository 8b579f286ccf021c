import Judgement
import Testing

@Suite struct VerdictTests {
    @Test func anyOfTheFourSpeaksAgainstASeed() {
        #expect(Verdict(seed: 1).acquits)
        let fields: [WritableKeyPath<Verdict, [String]>] = [
            \.lost, \.ranTwice, \.overspent, \.ledgerMismatch,
        ]
        for field in fields {
            var verdict = Verdict(seed: 1)
            verdict[keyPath: field] = ["task a"]
            #expect(!verdict.acquits)
        }
    }
}
