import Federation

/// The book's figures for Prometheus.
enum BookMetrics {
    static func write(budgets: [BudgetView], sites: [SiteView], to text: inout PrometheusText) {
        text.family("hansa_budget_units", "gauge", "A budget's figures in its site's unit.")
        for budget in budgets {
            let figures: [(String, Amount)] = [
                ("granted", budget.balance.granted), ("overrun", budget.balance.overrun),
                ("available", budget.balance.available), ("held", budget.balance.held),
                ("spent", budget.balance.spent), ("expired", budget.balance.expired),
            ]
            for (name, amount) in figures {
                text.sample(
                    "hansa_budget_units",
                    [
                        ("budget", budget.id.rawValue), ("site", budget.site.rawValue), ("unit", budget.unit),
                        ("figure", name),
                    ],
                    amount.units)
            }
        }
        text.family("hansa_agent_seen_seconds", "gauge", "When an agent last spoke, seconds since 1970.")
        for site in sites {
            for agent in site.agents {
                guard let seen = agent.seen else { continue }
                text.sample(
                    "hansa_agent_seen_seconds",
                    [("agent", agent.id.rawValue), ("site", site.id.rawValue), ("state", agent.state)],
                    "\(seen.seconds)")
            }
        }
        text.family("hansa_attempts", "gauge", "Attempts that are not settled, by site and state.")
        for site in sites {
            for (state, count) in site.attempts.sorted(by: { $0.key < $1.key }) {
                text.sample("hansa_attempts", [("site", site.id.rawValue), ("state", state)], "\(count)")
            }
        }
        text.family("hansa_tasks_completed_total", "counter", "Tasks completed, by site.")
        for site in sites {
            text.sample("hansa_tasks_completed_total", [("site", site.id.rawValue)], "\(site.completed)")
        }
    }
}
