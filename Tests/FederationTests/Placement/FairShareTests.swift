import Federation
import Testing

@Suite struct FairShareTests {
    static let now = PlacementScene.now
    static let day: Int64 = 86_400

    @Test func usageHalvesWithEveryHalfLife() {
        var share = FairShare(shares: ["aa": 0.5], halfLifeSeconds: 7 * Self.day)
        share.add(Amount(units: 10), of: Amount(units: 100), to: "aa", at: Self.now)
        func use(_ days: Int64) -> Double {
            share.use(of: "aa", now: Self.now.adding(seconds: days * Self.day))
        }
        #expect(abs(use(0) - 0.2) < 1e-12 && abs(use(7) - 0.1) < 1e-12 && abs(use(21) - 0.025) < 1e-12)
        #expect(use(3) > use(4) && use(400_000) == 0)
    }

    @Test func chargesMayComeInAnyOrder() {
        let charges: [(Int64, Int64)] = [(0, 5), (7, 9), (14, 2)]
        let uses = [charges, charges.reversed()].map { order in
            var share = FairShare(shares: ["aa": 1])
            for (day, units) in order {
                share.add(
                    Amount(units: units), of: Amount(units: 100), to: "aa",
                    at: Self.now.adding(seconds: day * Self.day))
            }
            return share.use(of: "aa", now: Self.now.adding(seconds: 14 * Self.day))
        }
        #expect(abs(uses[0] - uses[1]) < 1e-12)
        #expect(abs(uses[0] - (0.05 / 4 + 0.09 / 2 + 0.02)) < 1e-12)
    }

    @Test func sharesComeFromBudgetsOfEverySiteInItsOwnUnit() {
        let share = FairShare(budgetsBySite: [
            [("aa", Amount(units: 30)), ("bb", Amount(units: 10)), (nil, Amount(units: 60))],
            [("aa", Amount(units: 100_000)), ("bb", Amount(units: 100_000))],
        ])
        #expect(abs((share.shares["aa"] ?? 0) - 0.4) < 1e-12 && abs((share.shares["bb"] ?? 0) - 0.3) < 1e-12)
    }

    @Test func theOrderIsShareThenPriorityThenAge() {
        var share = FairShare(shares: ["aa": 0.5, "bb": 0.5])
        share.add(Amount(units: 10), of: Amount(units: 100), to: "aa", at: Self.now)
        func queued(_ key: Int, _ partner: PartnerID, _ priority: Int, _ age: Int64) -> QueuedShape {
            let shape = PlacementScene.shape {
                $0.partner = partner
                $0.priority = priority
            }
            return QueuedShape(key: key, shape: shape, oldest: Self.now.adding(seconds: -age))
        }
        let shapes = [
            queued(1, "aa", 1000, 900), queued(2, "bb", 0, 10), queued(3, "bb", 5, 1), queued(4, "bb", 0, 20),
            queued(5, "aa", 1000, 901), queued(6, "cc", 0, 5),
        ]
        let order = QueuedShape.inOrder(shapes, share, now: Self.now).map(\.key)
        // bb and cc have used nothing; bb has waited longer. aa has used a fifth of its due.
        #expect(order == [3, 4, 2, 6, 5, 1])
        #expect(QueuedShape.inOrder(shapes.reversed(), share, now: Self.now).map(\.key) == order)
    }
}
