/// All rows and decisions of a programme, and the one way to read them: the narrower row wins over the wider one,
/// among equally narrow ones the one that began later; where none holds, a manager is asked.
public struct Eligibility: Hashable, Sendable {
    /// The rows.
    public var rows: [EligibilityRow]
    /// What managers decided.
    public var decisions: [EligibilityDecision]
    /// The partners' countries, ISO 3166-1 alpha-2.
    public var countries: [PartnerID: String]

    /// These rows and decisions for these partners.
    public init(
        rows: [EligibilityRow], decisions: [EligibilityDecision] = [], countries: [PartnerID: String]
    ) {
        self.rows = rows
        self.decisions = decisions
        self.countries = countries
    }

    /// What holds for a partner in a matter at a moment.
    public func ruling(
        _ partner: PartnerID, _ matter: EligibilityMatter, at moment: Instant
    ) -> EligibilityRuling {
        var best: EligibilityRow?
        for row in rows where row.matter == matter && row.holds(at: moment) && names(row.subject, partner) {
            // Of two equal rows the later in the document wins: a correction is written below what it corrects.
            if best.map({ ($0.subject.narrowness, $0.from) <= (row.subject.narrowness, row.from) }) ?? true {
                best = row
            }
        }
        var ruling = EligibilityRuling(
            partner: partner, matter: matter, verdict: best?.verdict ?? .ask, row: best, decision: nil)
        guard ruling.verdict == .ask else { return ruling }
        // A decision older than the row was made on other grounds.
        ruling.decision = decisions.filter {
            $0.partner == partner && $0.matter == matter && $0.at <= moment
                && $0.at >= best?.from ?? .distantPast
        }.max { $0.at < $1.at }
        ruling.verdict = ruling.decision?.verdict ?? .ask
        return ruling
    }

    /// Whether a partner may spend compute: it must be allowed to take part, and to spend compute. The ruling that
    /// refuses, or the one on compute.
    public func compute(_ partner: PartnerID, at moment: Instant) -> EligibilityRuling {
        let part = ruling(partner, .participate, at: moment)
        return part.verdict == .allow ? ruling(partner, .compute, at: moment) : part
    }

    private func names(_ subject: EligibilitySubject, _ partner: PartnerID) -> Bool {
        switch subject {
        case .everybody: true
        case .country(let code): countries[partner] == code
        case .partner(let id): id == partner
        }
    }
}
