extension ProgrammeDocument {
    /// What applying this document changes after `old`, or in an empty book.
    public func plan(after old: ProgrammeDocument?) -> ProgrammePlan {
        var plan = ProgrammePlan(words: [], grants: [], droppedBudgets: [], droppedMembers: [])
        let before = old ?? ProgrammeDocument(id: id, name: name, grant: grant, from: from, until: until)
        if old == nil { plan.words.append("programme \(id): new") }
        if (name, grant, from, until) != (before.name, before.grant, before.from, before.until) {
            plan.words.append("programme \(id): name, grant or period changed")
        }
        compare("partner", before.partners, partners, by: \.id.rawValue, &plan)
        compare("work package", before.workPackages, workPackages, by: \.id.rawValue, &plan)
        compare("activity", before.activities, activities, by: { "\($0.id) from \($0.from.dateText)" }, &plan)
        plan.droppedMembers = compare("member", before.members, members, by: \.id.rawValue, &plan)
            .map(\.id)
        if before.eligibility != eligibility {
            plan.words.append("eligibility: \(eligibility.count) rows, before \(before.eligibility.count)")
        }
        if before.decisions != decisions {
            plan.words.append("decisions: \(decisions.count) in the document")
        }
        compare("allocation", before.allocations, allocations, by: \.id.rawValue, &plan)
        plan.droppedBudgets = compare("budget", before.budgets, budgets, by: \.id.rawValue, &plan).map(\.id)
        for budget in budgets {
            let granted = before.budgets.first { $0.id == budget.id }?.amount ?? .zero
            if budget.amount != granted {
                plan.grants.append(.init(budget: budget.id, change: budget.amount - granted))
            }
        }
        return plan
    }

    /// Says what is new, changed and gone; answers what is gone.
    @discardableResult
    private func compare<Row: Hashable>(
        _ kind: String, _ old: [Row], _ new: [Row], by name: (Row) -> String, _ plan: inout ProgrammePlan
    ) -> [Row] {
        let before = Dictionary(old.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.map(name))
        for row in new {
            guard let known = before[name(row)] else {
                plan.words.append("\(kind) \(name(row)): new")
                continue
            }
            if known != row { plan.words.append("\(kind) \(name(row)): changed") }
        }
        let gone = old.filter { !names.contains(name($0)) }
        for row in gone { plan.words.append("\(kind) \(name(row)): no longer named") }
        return gone
    }
}
