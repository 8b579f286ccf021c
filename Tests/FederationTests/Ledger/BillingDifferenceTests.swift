import Federation
import Testing

/// What a batch system bills beside what the tariff gives.
@Suite struct BillingDifferenceTests {
    /// LUMI's small partition: cores, or memory by begun pieces of 2 GiB, whatever is more.
    static let small = GoldenTariffTests.list(
        "core-hours",
        [
            GoldenTariffTests.tariff([
                TariffTerm(measure: .cores), TariffTerm(measure: .memoryMiB, per: 2048, roundedUp: true),
            ])
        ])

    private func difference(
        _ billing: Int64?, nodes: Int = 1, cores: Int, memoryMiB: Int = 0, tolerance: Int64 = 1
    ) -> BillingDifference? {
        var usage = GoldenTariffTests.usage(
            nodes: nodes, cores: cores, memoryMiB: memoryMiB, seconds: 90)
        usage.billing = billing
        return BillingDifference(of: usage, by: Self.small, tolerancePercent: tolerance)
    }

    /// 7 GiB are three and a half pieces: billed as 3 where the batch system cuts, as 4 where the centre rounds up.
    @Test func whatWasCutOrRoundedUpIsNoDifference() throws {
        #expect(difference(3, cores: 2, memoryMiB: 7168) == nil)
        #expect(difference(4, cores: 2, memoryMiB: 7168) == nil)
        #expect(difference(2, cores: 2, memoryMiB: 7168) != nil)
        #expect(difference(5, cores: 2, memoryMiB: 7168) != nil)
        #expect(difference(256, nodes: 2, cores: 128) == nil)
    }

    @Test func anotherBillIsToldWithBothFigures() throws {
        let found = try #require(difference(128, nodes: 2, cores: 128, memoryMiB: 1024))
        #expect(
            found.inWords
                == "an hour of 2 nodes of p (128 cores, 1024 MiB each) is 128 by the batch system's own billing "
                + "and 256.000 core-hours by the tariff")
        #expect(difference(0, cores: 1) != nil, "nothing billed for what costs something")
    }

    @Test func soManyPercentMayLieBetween() {
        #expect(difference(240, nodes: 2, cores: 128) != nil)
        #expect(difference(240, nodes: 2, cores: 128, tolerance: 10) == nil)
        #expect(difference(270, nodes: 2, cores: 128, tolerance: 5) != nil)
    }

    @Test func whereNothingIsBilledOrRanThereIsNone() {
        #expect(difference(nil, cores: 4) == nil)
        var usage = GoldenTariffTests.usage(nodes: 1, cores: 4, seconds: 0)
        usage.billing = 400
        #expect(BillingDifference(of: usage, by: Self.small, tolerancePercent: 0) == nil)
        usage.runs = [.init(start: GoldenTariffTests.begin, seconds: 5)]
        usage.partition = "elsewhere"
        #expect(BillingDifference(of: usage, by: Self.small, tolerancePercent: 0) == nil)
    }

    /// From the batch system's row to the book: told once, and again only when a later reading has another figure.
    @Test func theBookAlarmsOnceAReading() throws {
        var it = Consortium()
        it.enter(0)
        let key = try it.claim("P", [0])[0]
        it.submit("P")
        _ = it.look("P", [key: it.member(.completed)])
        it.exchange()
        it.readRecord("P", seconds: 60, billing: 7)
        it.exchange()
        #expect(it.book.attempts[key]?.usage?.billing == 7)
        let words =
            "an hour of 1 nodes of small (1 cores, 0 MiB each) is 7 by the batch system's own billing "
            + "and 1.000 node-hours by the tariff"
        let alarm = Effect.alarm(name: "billingDiffers", text: "lumi: " + words)
        #expect(it.effects.filter { $0 == alarm }.count == 1)
        #expect(it.effects.contains(.history(key, words)))
        for (seconds, billing, alarms) in [(70, 7, 1), (80, 8, 2), (90, 1, 2)] as [(Int64, Int64, Int)] {
            it.now = it.now.adding(seconds: 40 * 86_400)
            it.book.readAgain(key, at: it.now)
            it.exchange()
            it.readRecord("P", seconds: seconds, billing: billing)
            it.exchange()
            #expect(it.book.attempts[key]?.usage?.billing == billing)
            let raised = it.effects.filter {
                if case .alarm("billingDiffers", _) = $0 { true } else { false }
            }
            #expect(raised.count == alarms, "\(billing)")
        }
    }
}
