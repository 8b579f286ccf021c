/// Who has used less than its share goes first. Usage is each charge as a fraction of its site's grants, so that
/// partners of sites with different units compare, and it halves with every half-life.
public struct FairShare: Hashable, Sendable {
    /// The usage of a partner as of a moment.
    struct Decayed: Hashable, Sendable {
        var fraction: Double
        var at: Instant
    }

    /// After this time usage counts half, seconds; Slurm's default of a week.
    public var halfLifeSeconds: Int64
    private var usage: [PartnerID: Decayed] = [:]
    /// Each partner's granted share, as a fraction of everything granted.
    public var shares: [PartnerID: Double]

    /// No usage yet; shares by partner.
    public init(shares: [PartnerID: Double] = [:], halfLifeSeconds: Int64 = 7 * 86_400) {
        self.shares = shares
        self.halfLifeSeconds = halfLifeSeconds
    }

    /// The shares that budgets grant: of each site a partner's own budgets over all of them, on average.
    public init(
        budgetsBySite: [[(partner: PartnerID?, granted: Amount)]], halfLifeSeconds: Int64 = 7 * 86_400
    ) {
        var sums: [PartnerID: Double] = [:]
        for budgets in budgetsBySite {
            let total = budgets.reduce(0.0) { $0 + Double($1.granted.thousandths) }
            guard total > 0 else { continue }
            for (partner, granted) in budgets {
                guard let partner else { continue }
                sums[partner, default: 0] += Double(granted.thousandths) / total / Double(budgetsBySite.count)
            }
        }
        self.init(shares: sums, halfLifeSeconds: halfLifeSeconds)
    }

    /// Adds a charge: `granted` is everything granted at its site.
    public mutating func add(_ charge: Amount, of granted: Amount, to partner: PartnerID, at moment: Instant)
    {
        guard granted > .zero else { return }
        let fraction = Double(charge.thousandths) / Double(granted.thousandths)
        let before = usage[partner] ?? Decayed(fraction: 0, at: moment)
        let at = max(before.at, moment)
        usage[partner] = Decayed(
            fraction: before.fraction * decay(at.seconds(since: before.at))
                + fraction * decay(at.seconds(since: moment)), at: at)
    }

    /// How much of its share a partner has used, decayed to `now`: below 1 less than its due, above 1 more.
    public func use(of partner: PartnerID, now: Instant) -> Double {
        guard let decayed = usage[partner] else { return 0 }
        let used = decayed.fraction * decay(max(0, now.seconds(since: decayed.at)))
        // Who was granted nothing of its own lives on the common budgets: last, but not never.
        return used / max(shares[partner] ?? 0, 0.001)
    }

    /// Halves with each half-life, straight lines between.
    private func decay(_ seconds: Int64) -> Double {
        guard halfLifeSeconds > 0, seconds > 0 else { return 1 }
        let (halvings, rest) = seconds.quotientAndRemainder(dividingBy: halfLifeSeconds)
        guard halvings < 60 else { return 0 }
        return (1 - 0.5 * Double(rest) / Double(halfLifeSeconds)) / Double(Int64(1) << halvings)
    }
}
