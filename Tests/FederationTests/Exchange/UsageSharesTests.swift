import Federation
import Testing

@Suite struct UsageSharesTests {
    @Test("parts add up, whatever the weights")
    func addUp() {
        var state: UInt64 = 7
        func next(_ bound: Int64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % bound
        }
        for _ in 0..<500 {
            let weights = (0..<(1 + next(9))).map { _ in next(3) == 0 ? 0 : next(100_000) }
            let total = next(1_000_000_000)
            let parts = UsageShares.split(total, by: weights)
            #expect(parts.reduce(0, +) == total)
            #expect(parts.allSatisfy { $0 >= 0 })
            guard weights.contains(where: { $0 > 0 }), weights.count > 1 else { continue }
            for (part, weight) in zip(parts, weights) where weight == 0 { #expect(part == 0) }
        }
    }

    @Test("the largest remainder gets the rest, the earlier of equals first")
    func largestRemainder() {
        #expect(UsageShares.split(10, by: [1, 1, 1]) == [4, 3, 3])
        #expect(UsageShares.split(10, by: [0, 0]) == [5, 5], "no weight at all: all count the same")
        #expect(UsageShares.split(100, by: [1, 2, 0]) == [33, 67, 0])
        #expect(UsageShares.split(7, by: []) == [])
    }
}
