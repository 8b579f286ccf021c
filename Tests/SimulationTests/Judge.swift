import Federation

/// Looks only at what really happened (programs that ran, what the sites billed) and at the final book.
enum Judge {
    /// What of the promise was broken, in words; empty when it held.
    static func verdict(on scenario: Scenario) -> [String] {
        let book = scenario.coordinator.book
        var found = runs(of: scenario) + tasks(scenario, book)
        for (task, taken) in scenario.coordinator.completions {
            let newest = taken.map(\.generation).max()
            if Set(taken.filter { $0.generation == newest }.map(\.fence)).count > 1 {
                found.append("two completions of \(task) were taken")
            }
        }
        found += accounts(scenario, book) + bills(scenario, book)
        found += Invariants.violations(in: book).map { "invariant: \($0)" }
        return found
    }

    /// What is broken by that program's start, at that moment: it ran before, or another of its task still runs.
    static func start(of run: ProgramRun, in scenario: Scenario) -> String? {
        for other in scenario.runs where other.key.task == run.key.task {
            if other.key == run.key { return "twice: the program of \(run.key) ran twice" }
            if other.end == nil { return "overlap: \(other.key) and \(run.key) ran at a time" }
        }
        return nil
    }

    /// None twice: no attempt ran twice, no two of a task at a time, none again after a finish marker said completed.
    private static func runs(of scenario: Scenario) -> [String] {
        var found: [String] = []
        var seen: Set<AttemptKey> = []
        var byTask: [TaskID: [ProgramRun]] = [:]
        for run in scenario.runs {
            if !seen.insert(run.key).inserted { found.append("twice: the program of \(run.key) ran twice") }
            byTask[run.key.task, default: []].append(run)
        }
        for (task, runs) in byTask {
            for (run, next) in zip(runs, runs.dropFirst()) where run.key != next.key {
                if run.end.map({ next.start < $0 }) ?? true {
                    found.append("overlap: \(run.key) and \(next.key) ran at a time")
                }
            }
            guard scenario.tasks[task.index].onSilence == .park else { continue }
            let completed = runs.first { run in
                run.exit == 0
                    && scenario.sites[run.site].folders[run.pack]?.members[run.key]?.finish?.outcome
                        == .completed
            }
            guard let completed, let end = completed.end else { continue }
            for run in runs where run.start > end + 0.01 {
                found.append("again: \(run.key) ran after \(completed.key) had completed")
            }
        }
        return found
    }

    /// None lost: every task has ended, unless no budget is left for it.
    private static func tasks(_ scenario: Scenario, _ book: Book) -> [String] {
        var found: [String] = []
        for task in scenario.tasks {
            guard let record = book.tasks[task.id] else {
                found.append("lost task: \(task.id) is unknown")
                continue
            }
            if record.state.hasEnded { continue }
            let agents = record.boundTo.map { [scenario.index(of: $0)] } ?? task.sites
            let isOut = agents.allSatisfy { site in
                guard let budget = book.budgets[scenario.budgetID(site)] else { return true }
                return budget.available < task.hold || budget.overrun > .zero
            }
            if record.state == .ready, isOut { continue }
            found.append("lost task: \(task.id) is \(record.state.rawValue)")
        }
        return found
    }

    private static func accounts(_ scenario: Scenario, _ book: Book) -> [String] {
        var found: [String] = []
        for site in scenario.sites {
            guard let budget = book.budgets[scenario.budgetID(site.index)] else { continue }
            if budget.held != .zero {
                found.append("hold left: \(budget.id) \(budget.held.thousandths / 1000)")
            }
            let allowed = allowance(scenario, site)
            if budget.overrun.thousandths / 1000 > allowed {
                found.append(
                    "overspent: \(budget.id) by \(budget.overrun.thousandths / 1000), allowed \(allowed)")
            }
        }
        for (key, attempt) in book.attempts where !attempt.state.isBurnt && attempt.state != .settled {
            found.append("unsettled: \(key) is \(attempt.state.rawValue)")
        }
        return found
    }

    /// No hour uncounted, none counted twice: what the sites billed is what the book says, pack by pack.
    private static func bills(_ scenario: Scenario, _ book: Book) -> [String] {
        var found: [String] = []
        var booked: [PackID: Int64] = [:]
        for attempt in book.attempts.values {
            booked[attempt.pack, default: 0] += attempt.charged.thousandths
        }
        for site in scenario.sites {
            for (pack, bill) in site.bills() {
                let charged = booked.removeValue(forKey: pack) ?? 0
                if charged != bill * 1000 {
                    let what = charged < bill * 1000 ? "uncounted" : "overcounted"
                    found.append("\(what): \(pack) billed \(bill), the book says \(Double(charged) / 1000)")
                }
            }
        }
        for (pack, charged) in booked where charged != 0 {
            found.append("overcounted: \(pack) never ran, the book says \(charged / 1000)")
        }
        return found
    }

    private static func holds(_ scenario: Scenario, _ pack: PackID, _ members: [AttemptKey]) -> Int64 {
        members.reduce(0) { $0 + scenario.tasks[$1.task.index].hold.thousandths / 1000 }
    }

    /// What may lie beyond a grant: bills beyond the hold, and what a record said too low when the hold was released.
    private static func allowance(_ scenario: Scenario, _ site: SimulatedSite) -> Int64 {
        var allowed: Int64 = 0
        for (pack, bill) in site.bills() {
            guard let members = site.jobs.first(where: { $0.pack == pack })?.members else { continue }
            var covered: Int64 = 0
            for key in members {
                let hold = scenario.tasks[key.task.index].hold.thousandths / 1000
                covered += scenario.coordinator.leastSettled[key].map { min(hold, $0 / 1000) } ?? hold
            }
            allowed += max(0, bill - covered)
        }
        return allowed
    }

    /// Whether what has been billed and what is under way passes a grant beyond what nobody could know.
    static func exposure(of scenario: Scenario, at key: AttemptKey) -> String? {
        for site in scenario.sites {
            guard let budget = scenario.coordinator.book.budgets[scenario.budgetID(site.index)] else {
                continue
            }
            var exposed: Int64 = 0
            for (pack, bill) in site.bills() {
                let jobs = site.jobs.filter { $0.pack == pack }
                let isLive = jobs.contains(where: \.isActive) && site.folders[pack]?.marker != .agent
                exposed += isLive ? max(bill, holds(scenario, pack, jobs.first?.members ?? [])) : bill
            }
            let granted = budget.granted.thousandths / 1000
            let allowed = allowance(scenario, site)
            if exposed > granted + allowed {
                return "overspent: \(exposed) under way at \(site.id) when \(key) started, granted \(granted)"
            }
        }
        return nil
    }
}
