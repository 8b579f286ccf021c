/// What must always hold, checked over a whole book (§4, §7). The store proves the same by queries.
public enum Invariants {
    /// What is wrong, in words; empty when all is well.
    public static func violations(in book: Book) -> [String] {
        var found: [String] = []
        var held: [BudgetID: Amount] = [:]
        var spent: [BudgetID: Amount] = [:]
        for (key, attempt) in book.attempts {
            if attempt.hold < .zero { found.append("\(key): hold \(attempt.hold.units)") }
            if attempt.hold > .zero, attempt.state == .settled || attempt.state.isBurnt {
                found.append("\(key) is \(attempt.state.rawValue) and holds \(attempt.hold.units)")
            }
            if attempt.charged != .zero, attempt.state != .settled {
                found.append("\(key) is \(attempt.state.rawValue) and was charged \(attempt.charged.units)")
            }
            guard let budget = attempt.budget else { continue }
            held[budget, default: .zero] += attempt.hold
            spent[budget, default: .zero] += attempt.charged
        }
        for (id, budget) in book.budgets {
            if let fault = budget.fault { found.append(fault) }
            if budget.held != held[id, default: .zero] {
                found.append("\(id): held \(budget.held.units), attempts \(held[id, default: .zero].units)")
            }
            if budget.spent != spent[id, default: .zero] {
                found.append(
                    "\(id): spent \(budget.spent.units), attempts \(spent[id, default: .zero].units)")
            }
        }
        for (id, task) in book.tasks { found += violations(of: task, id, in: book) }
        return found
    }

    /// A task is running exactly while it has a live attempt, and that attempt is not over.
    private static func violations(of task: TaskRecord, _ id: TaskID, in book: Book) -> [String] {
        guard task.state == .running else {
            guard let live = task.live else { return [] }
            return ["\(id) is \(task.state.rawValue) with live attempt \(live)"]
        }
        guard let live = task.live else { return ["\(id) is running without a live attempt"] }
        guard let attempt = book.attempts[AttemptKey(task: id, fence: live)] else {
            return ["\(id): its live attempt \(live) is unknown"]
        }
        if attempt.state.isBurnt || attempt.state.rank >= AttemptState.ended.rank {
            return ["\(id): its live attempt \(live) is \(attempt.state.rawValue)"]
        }
        return []
    }
}
