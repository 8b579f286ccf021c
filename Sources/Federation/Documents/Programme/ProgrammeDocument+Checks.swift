/// What must fit together across the parts of a programme.
extension ProgrammeDocument {
    func check(_ faults: FaultCollector) {
        checkUnique(partners.map(\.id.rawValue), "partners", faults)
        checkUnique(workPackages.map(\.id.rawValue), "workPackages", faults)
        checkUnique(members.map(\.id.rawValue), "members", faults)
        checkUnique(activities.map { "\($0.id) of \($0.from.dateText)" }, "activities", faults)
        checkUnique(allocations.map(\.id.rawValue), "allocations", faults)
        checkUnique(budgets.map(\.id.rawValue), "budgets", faults)
        checkPartners(workPackages.map(\.lead), "workPackages", "lead", faults)
        checkPartners(members.map(\.partner), "members", "partner", faults)
        checkPartners(budgets.map(\.partner), "budgets", "partner", faults)
        checkPartners(decisions.map(\.partner), "decisions", "partner", faults)
        for row in eligibility {
            if case .partner(let id) = row.subject, !partners.contains(where: { $0.id == id }) {
                faults.add([.key("eligibility")], "there is no partner \(id)", suggestion: partnerNear(id))
            }
        }
        checkBudgets(faults)
    }

    private func checkUnique(_ names: [String], _ key: String, _ faults: FaultCollector) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() where !seen.insert(name).inserted {
            faults.add([.key(key), .index(index)], "\(name) comes twice")
        }
    }

    private func checkPartners(_ ids: [PartnerID?], _ key: String, _ member: String, _ faults: FaultCollector)
    {
        let known = Set(partners.map(\.id))
        for (index, id) in ids.enumerated() {
            guard let id, !known.contains(id) else { continue }
            faults.add(
                [.key(key), .index(index), .key(member)], "there is no partner \(id)",
                suggestion: partnerNear(id))
        }
    }

    private func partnerNear(_ id: PartnerID) -> String? {
        Spelling.suggestion(for: id.rawValue, among: partners.map(\.id.rawValue))
    }

    private func checkBudgets(_ faults: FaultCollector) {
        let packages = Set(workPackages.map(\.id))
        for (index, budget) in budgets.enumerated() {
            guard let id = budget.workPackage, !packages.contains(id) else { continue }
            faults.add(
                [.key("budgets"), .index(index), .key("workPackage")], "there is no work package \(id)",
                suggestion: Spelling.suggestion(for: id.rawValue, among: workPackages.map(\.id.rawValue)))
        }
        for (index, allocation) in allocations.enumerated() {
            var left = allocation.amount
            var overflows = false
            for budget in budgets where budget.allocation == allocation.id {
                if budget.amount > left { overflows = true }
                left = overflows ? .zero : left - budget.amount
            }
            if overflows {
                faults.add(
                    [.key("allocations"), .index(index), .key("amount")],
                    "the budgets of \(allocation.id) are more than its \(allocation.amount.units)")
            }
        }
    }
}
