import Federation
import Testing

@Suite struct BudgetAccountTests {
    static func account(granting units: Int64) throws -> BudgetAccount {
        var account = BudgetAccount(id: "b", allocation: "a", periodEnd: Instant(seconds: 1000))
        try account.grant(Amount(units: units))
        return account
    }

    @Test func aHoldNeverPassesWhatIsAvailable() throws {
        var account = try Self.account(granting: 10)
        try account.hold(Amount(units: 7))
        #expect(
            throws: LedgerFault.notEnough(available: Amount(units: 3), wanted: Amount(units: 4))
        ) { try account.hold(Amount(units: 4)) }
        #expect(account.held == Amount(units: 7) && account.available == Amount(units: 3))
    }

    @Test func aChargeBeyondTheHoldIsOverrunAndIsPaidFirst() throws {
        var account = try Self.account(granting: 10)
        var hold = Amount(units: 8)
        try account.hold(hold)
        account.charge(Amount(units: 13), from: &hold)
        #expect(hold == .zero && account.overrun == Amount(units: 3) && account.available == .zero)
        #expect(throws: LedgerFault.overrun(Amount(units: 3))) { try account.hold(Amount(units: 1)) }
        try account.grant(Amount(units: 5))
        #expect(account.overrun == .zero && account.available == Amount(units: 2))
        #expect(account.fault == nil)
    }

    @Test func whatComesBackAfterThePeriodExpires() throws {
        var account = try Self.account(granting: 10)
        var hold = Amount(units: 4)
        try account.hold(hold)
        account.release(&hold, now: Instant(seconds: 2000))
        #expect(account.expired == Amount(units: 10) && account.available == .zero && account.fault == nil)
    }

    /// Ten thousand random changes: the equation holds after each, and a fault is seen when a figure is bent.
    @Test func anyMixOfChangesKeepsTheEquation() throws {
        var random = SplitMix(state: 7)
        var account = try Self.account(granting: 1000)
        var holds: [Amount] = []
        for _ in 0..<10_000 {
            let amount = Amount(thousandths: Int64(random.next() % 40_000_000) + 1)
            switch random.next() % 6 {
            case 0: try account.grant(Amount(thousandths: amount.thousandths / 8 + 1))
            case 1: if (try? account.hold(amount)) != nil { holds.append(amount) }
            case 2:
                guard let index = holds.indices.last else { continue }
                account.charge(amount, from: &holds[index])
            case 3:
                guard var hold = holds.popLast() else { continue }
                account.release(&hold, now: Instant(seconds: 1))
            case 4:
                var none = Amount.zero
                account.charge(-min(amount, account.spent), from: &none)
            default: account.holdWhatRuns(amount); holds.append(amount)
            }
            #expect(account.fault == nil)
            #expect(account.held == holds.reduce(.zero, +))
        }
        account.spent += Amount(thousandths: 1)
        #expect(account.fault != nil)
    }
}

/// A small seeded generator.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
