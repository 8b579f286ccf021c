/// Goes through a budget's life again, claim by claim and entry by entry. A claim is one against the rules if what was
/// available did not cover it, or anything was overspent.
///
/// The moments that a booking and a claim show are those of their transactions' beginnings; so what gives back counts a
/// little earlier and what takes away beyond a hold a little later than booked: in doubt for the book, by seconds.
struct BudgetReplay {
    var budget: BookBudget
    var evidence: Evidence
    var packs: [PackCase]

    private enum Step {
        case give(Int64)
        case take(Int64)
        case claim(BookAttempt)
        case found(BookAttempt)
        case settle(String, Int64)
        case expire(Int64)
    }

    func apply(to verdict: inout Verdict) {
        var available: Int64 = 0
        var overrun: Int64 = 0
        var holds: [String: Int64] = [:]
        func give(_ amount: Int64) {
            let paid = min(amount, overrun)
            overrun -= paid
            available += amount - paid
        }
        func take(_ amount: Int64) {
            let covered = min(amount, max(0, available))
            available -= covered
            overrun += amount - covered
        }
        for (at, step) in steps() {
            switch step {
            case .give(let amount): give(amount)
            case .take(let amount): take(amount)
            case .expire(let amount): available -= amount
            case .found(let attempt):
                take(attempt.holdSize.value)
                holds[attempt.key] = attempt.holdSize.value
            case .claim(let attempt):
                let size = attempt.holdSize.value
                if overrun > 0 || available < size {
                    let spent = overrun > 0 ? ", and \(Thousandths.text(overrun)) were overspent" : ""
                    verdict.overspent.append(
                        "attempt \(attempt.key) took a hold of \(Thousandths.text(size)) at \(at.text) on "
                            + "\(budget.id), where \(Thousandths.text(available)) were available\(spent)")
                }
                // What was taken is taken: the claims after it are held against the rest.
                guard !attempt.isBurnt else { continue }
                take(size)
                holds[attempt.key] = size
            case .settle(let key, let amount):
                let held = holds.removeValue(forKey: key) ?? 0
                give(held - min(held, amount))
            }
        }
        checkFigures(verdict: &verdict)
        if budget.balance.overrun.value > 0 {
            verdict.overrun.append(
                "budget \(budget.id) is overspent by \(Thousandths.text(budget.balance.overrun.value))")
        }
    }

    /// Everything that happened to the budget, in order.
    private func steps() -> [(at: Moment, step: Step)] {
        var steps: [(at: Moment, step: Step)] = []
        let claimed = evidence.attempts.filter { $0.budget == budget.id }
        for attempt in claimed {
            steps.append((claimMoment(attempt), attempt.cameUp ? .found(attempt) : .claim(attempt)))
        }
        for entry in evidence.entries where entry.budget == budget.id {
            let at = Moment(microseconds: entry.bookedAt)
            let amount = entry.amount.value
            switch entry.kind {
            case "expire": steps.append((at.adding(Tolerance.booking), .expire(amount)))
            case "settle", "writeOff":
                let attempt = claimed.first { $0.key == entry.attempt }
                let held = attempt?.holdSize.value ?? 0
                // Never before its own claim, however short it was.
                let early = max(at.adding(-Tolerance.booking), attempt.map(claimMoment) ?? at)
                steps.append((early, .settle(entry.attempt ?? "", amount)))
                if amount > held { steps.append((at.adding(Tolerance.booking), .take(amount - held))) }
            default:
                if amount >= 0, entry.kind == "adjust" {
                    steps.append((at.adding(Tolerance.booking), .take(amount)))
                } else if entry.kind == "adjust" || amount > 0 {
                    steps.append((at.adding(-Tolerance.booking), .give(abs(amount))))
                } else {
                    steps.append((at.adding(Tolerance.booking), .take(-amount)))
                }
            }
        }
        return steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    /// When an attempt's hold was taken: by the coordinator's clock, which a drill may have stepped; so never after its
    /// job was submitted, and never before the seed began.
    private func claimMoment(_ attempt: BookAttempt) -> Moment {
        let pack = packs.first { $0.pack == attempt.pack && $0.site.name == attempt.site }
        let seen = ((pack?.rows.compactMap(\.submit) ?? []) + (pack?.span.map { [$0.from] } ?? [])).min()
        let said = Moment(microseconds: attempt.offeredAt)
        let began = evidence.timeline.first?.moment ?? said
        if attempt.cameUp { return evidence.last("restore") ?? seen ?? began }
        if said < began.adding(-Tolerance.booking) { return seen ?? began }
        return min(said, seen ?? said)
    }

    /// The figures that the budget shows are those of its entries and its attempts.
    private func checkFigures(verdict: inout Verdict) {
        let balance = budget.balance
        func sum(_ kinds: [String]) -> Int64 {
            evidence.entries.filter { $0.budget == budget.id && kinds.contains($0.kind) }
                .reduce(0) { $0 + $1.amount.value }
        }
        let held = evidence.attempts.filter { $0.budget == budget.id }.reduce(Int64(0)) { $0 + $1.hold.value }
        let pairs = [
            ("granted", balance.granted.value, sum(["grant", "transfer"])),
            ("spent", balance.spent.value, sum(["settle", "adjust"])),
            ("expired", balance.expired.value, sum(["expire"])), ("held", balance.held.value, held),
            (
                "granted + overrun, against available + held + spent + expired,",
                balance.granted.value + balance.overrun.value,
                balance.available.value + balance.held.value + balance.spent.value + balance.expired.value
            ),
        ]
        for (name, shown, counted) in pairs where shown != counted {
            verdict.ledgerMismatch.append(
                "budget \(budget.id): \(name) is \(Thousandths.text(shown)), and is counted as \(Thousandths.text(counted))"
            )
        }
        for (name, amount) in [("available", balance.available), ("overrun", balance.overrun)]
        where amount.value < 0 {
            verdict.ledgerMismatch.append("budget \(budget.id): \(name) is \(Thousandths.text(amount.value))")
        }
    }
}
