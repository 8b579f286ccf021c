/// The only ways in which a balance changes. Each keeps granted + overrun = available + held + spent + expired.
extension BudgetAccount {
    /// Units come in; an overrun is paid first.
    public mutating func grant(_ amount: Amount) throws(LedgerFault) {
        guard amount > .zero else { throw .notPositive(amount) }
        granted += amount
        giveBack(amount)
    }

    /// Sets budget aside for a live attempt; refused while anything is overspent.
    public mutating func hold(_ amount: Amount) throws(LedgerFault) {
        guard amount >= .zero else { throw .notPositive(amount) }
        guard overrun == .zero else { throw .overrun(overrun) }
        guard available >= amount else { throw .notEnough(available: available, wanted: amount) }
        available -= amount
        held += amount
    }

    /// Sets aside for an attempt that came up without the book's knowing: what is not available is overrun, because
    /// the site is running it whatever the book says.
    public mutating func holdWhatRuns(_ amount: Amount) {
        let covered = min(amount, available)
        available -= covered
        overrun += amount - covered
        held += amount
    }

    /// Books a change of an attempt's charge. An increase comes out of its hold first, then out of what is
    /// available, and the rest is overrun: a charge is never refused. A decrease is given back.
    public mutating func charge(_ change: Amount, from hold: inout Amount) {
        spent += change
        guard change > .zero else { return giveBack(-change) }
        let fromHold = min(change, hold)
        hold -= fromHold
        held -= fromHold
        let fromAvailable = min(change - fromHold, available)
        available -= fromAvailable
        overrun += change - fromHold - fromAvailable
    }

    /// Gives back what an attempt still holds; after the period's end it goes to `expired`.
    public mutating func release(_ hold: inout Amount, now: Instant) {
        let amount = hold
        hold = .zero
        held -= amount
        giveBack(amount)
        if now >= periodEnd { expire() }
    }

    /// Moves units out; only what is available can go.
    public mutating func transferOut(_ amount: Amount) throws(LedgerFault) {
        guard amount > .zero else { throw .notPositive(amount) }
        guard available >= amount else { throw .notEnough(available: available, wanted: amount) }
        available -= amount
        granted -= amount
    }

    /// Turns what is available into `expired`, at the period's end; answers how much that was.
    @discardableResult
    public mutating func expire() -> Amount {
        let amount = available
        available = .zero
        expired += amount
        return amount
    }

    /// What is wrong with the balance, in words, or nil.
    public var fault: String? {
        for (name, amount) in [
            ("overrun", overrun), ("available", available), ("held", held), ("spent", spent),
            ("expired", expired),
        ] where amount < .zero {
            return "\(id): \(name) is \(amount.units)"
        }
        if granted + overrun != available + held + spent + expired {
            return
                "\(id): granted \(granted.units) + overrun \(overrun.units) is not available \(available.units)"
                + " + held \(held.units) + spent \(spent.units) + expired \(expired.units)"
        }
        if available > .zero && overrun > .zero {
            return "\(id): \(available.units) available beside an overrun of \(overrun.units)"
        }
        return nil
    }

    /// What comes back pays the overrun first.
    private mutating func giveBack(_ amount: Amount) {
        let paid = min(amount, overrun)
        overrun -= paid
        available += amount - paid
    }
}
