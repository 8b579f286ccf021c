extension Refusal {
    /// The reason as a sentence that a partner understands.
    public var inWords: String {
        switch self {
        case .eligibility(let ruling): ruling.inWords
        case .notAmongItsSites(let sites):
            "the task asks for \(sites.map(\.rawValue).joined(separator: ", ")) only"
        case .unknownSite(let site): "there is no site \(site)"
        case .siteRetired(let site, let since): "\(site) was closed on \(since.dateText)"
        case .residency(let residency):
            // An open licence is no reason to stay; one of its own, by SPDX's custom, usually is.
            "\(residency.artifact) may not leave \(residency.site)"
                + (residency.licence.map { $0.contains("LicenseRef-") ? " (licence \($0))" : "" } ?? "")
        case .boundElsewhere(let agent): "the chain continues at \(agent), where its checkpoint is"
        case .backOff(let until, let agent):
            (agent.map { "\($0) declined or did not start it" } ?? "it failed")
                + ": not before \(until.timeText)"
        case .noPrice(let reason): reason
        default: agentWords ?? partitionWords ?? budgetWords ?? ""
        }
    }

    private var agentWords: String? {
        switch self {
        case .noAgent(let site): "no agent is enrolled at \(site)"
        case .agentNeverSeen(let agent): "\(agent) has never reported"
        case .agentUnreachable(let agent, let since): "\(agent) is unreachable since \(since.timeText)"
        case .agentDrained(let agent): "\(agent) is drained: it takes no new work"
        case .agentQuarantined(let agent): "\(agent) has not yet reported after the restore from backup"
        case .agentDoesNotServe(let agent, let partner, let consent):
            "\(agent) does not act for \(partner)" + (consent.isEmpty ? "" : " (consent: \(consent))")
        case .partitionNotServed(let agent, let partition):
            "\(agent) does not offer the partition \(partition)"
        default: nil
        }
    }

    private var partitionWords: String? {
        switch self {
        case .partitionClosed(let partition, let remark): "\(partition) takes nothing now: \(remark)"
        case .stackMissing(let partition, let stack, let has):
            "\(partition) has no \(stack) stack, only \(has.joined(separator: ", "))"
        case .walltime(let partition, let asked, let most):
            "\(partition) allows \(Refusal.duration(most)) of walltime, not \(Refusal.duration(asked))"
        case .nodes(let partition, let asked, let most):
            "\(partition) allows \(most) nodes a job, not \(asked)"
        case .cores(let partition, let asked, let most):
            "a node of \(partition) has \(most) cores, not \(asked)"
        case .memory(let partition, let asked, let most):
            "a node of \(partition) has \(most) MiB of memory, not \(asked) MiB"
        case .devices(let partition, let asked, let type, let has, let hasType):
            "a node of \(partition) has " + (has == 0 ? "no devices" : "\(has) \(hasType ?? "devices")")
                + ", not \(asked) \(type ?? "devices")"
        case .devicesUnused(let partition, let type):
            "\(partition) is for \(type) work, which the task does not ask for"
        case .jobCap(let partition, let most):
            "no more jobs may be queued at \(partition) now" + (most.map { " (\($0) at most)" } ?? "")
        default: nil
        }
    }

    private var budgetWords: String? {
        switch self {
        case .noBudget(let partner, let workPackage):
            "no budget here that \(partner) may spend" + (workPackage.map { " for \($0)" } ?? "")
        case .budgetElsewhere(let budget): "the budget \(budget) is not one of this site"
        case .budgetTooSmall(let budget, let needed, let left, let unit):
            "\(budget) has \(left.units) \(unit) left, \(needed.units) are needed"
        case .budgetOverrun(let budget, let amount, let unit):
            "\(budget) is overspent by \(amount.units) \(unit): the next grant pays that first"
        case .outsidePeriod(let budget, let from, let until):
            "\(budget) is for \(from.dateText) to \(until.adding(seconds: -1).dateText), and the task would not fit"
        default: nil
        }
    }

    /// Seconds as `1 d 2 h`, `30 min`, `45 s`.
    static func duration(_ seconds: Int64) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"),
            (seconds % 60, "s"),
        ]
        let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return shown.isEmpty ? "0 s" : shown.joined(separator: " ")
    }
}
