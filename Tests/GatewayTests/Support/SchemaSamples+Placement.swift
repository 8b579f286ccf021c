@testable import Federation

extension SchemaSamples {
    private static let decision = EligibilityDecision(
        partner: "p", matter: .compute, verdict: .allow, reason: "r", by: "m", at: at)
    private static let subjects: [EligibilitySubject] = [.everybody, .country("FI"), .partner("p")]
    private static let rulings =
        subjects.map { subject in
            EligibilityRuling(
                partner: "p", matter: .compute, verdict: .deny,
                row: EligibilityRow(
                    subject: subject, matter: .compute, verdict: .ask, from: at, until: at, source: "s",
                    verified: true, note: "n"),
                decision: decision)
        } + [
            EligibilityRuling(
                partner: "p", matter: .compute, verdict: .ask,
                row: EligibilityRow(
                    subject: .everybody, matter: .compute, verdict: .ask, from: at, source: "s"),
                decision: nil),
            EligibilityRuling(partner: "p", matter: .compute, verdict: .ask, row: nil, decision: nil),
        ]

    /// Every refusal there is, with and without what it may leave out.
    static let refusals: [Refusal] =
        rulings.map { Refusal.eligibility($0) } + [
            .notAmongItsSites(sites: ["lumi"]), .unknownSite(site: "x"), .siteRetired(site: "x", since: at),
            .residency(Residency(artifact: "a", site: "lumi", licence: "l")),
            .residency(Residency(artifact: "a", site: "lumi")), .noAgent(site: "lumi"),
            .agentNeverSeen(agent: "a"), .agentUnreachable(agent: "a", since: at), .agentDrained(agent: "a"),
            .agentQuarantined(agent: "a"), .agentDoesNotServe(agent: "a", partner: "p", consent: "c"),
            .partitionNotServed(agent: "a", partition: "q"), .partitionClosed(partition: "q", remark: "r"),
            .stackMissing(partition: "q", stack: "cuda", has: ["cpu"]),
            .walltime(partition: "q", asked: 2, most: 1), .nodes(partition: "q", asked: 2, most: 1),
            .cores(partition: "q", asked: 2, most: 1), .memory(partition: "q", asked: 2, most: 1),
            .devices(partition: "q", asked: 2, type: "a100", has: 1, hasType: "h100"),
            .devices(partition: "q", asked: 2, type: nil, has: 0, hasType: nil),
            .devicesUnused(partition: "q", type: "a100"), .jobCap(partition: "q", most: 1),
            .jobCap(partition: "q", most: nil), .noBudget(partner: "p", workPackage: "w"),
            .noBudget(partner: "p", workPackage: nil), .budgetElsewhere(budget: "b"),
            .budgetTooSmall(budget: "b", needed: Amount(units: 2), left: Amount(units: 1), unit: "u"),
            .budgetOverrun(budget: "b", by: Amount(units: 2), unit: "u"),
            .outsidePeriod(budget: "b", from: at, until: at), .noPrice(reason: "r"),
            .boundElsewhere(agent: "a"), .backOff(until: at, agent: "a"), .backOff(until: at, agent: nil),
        ]

    static let choice = PlacementChoice(
        site: "lumi", agent: "a", partition: "q", budget: "b", allocation: "g", account: "x",
        resources: resources, hold: Amount(units: 1), mustStartBy: at, graceSeconds: 5)
    static let leastChoice = filled(choice) { $0.resources.deviceType = nil }
    static let cost = CostQuote(
        amount: Amount(units: 1), hold: Amount(units: 1), unit: "u", nodes: 1, cores: 1, devices: 2,
        deviceType: "mi250x-gcd", module: DeviceModule(name: "MI250X module", devices: 2))
    static let leastCost = CostQuote(
        amount: Amount(units: 1), hold: Amount(units: 1), unit: "u", nodes: 1, cores: 1, devices: 0,
        deviceType: nil, module: nil)

    /// Goes through every refusal there is: a new one does not compile here before it has a sample above.
    static func isSampled(_ refusal: Refusal) -> Bool {
        switch refusal {
        case .eligibility, .notAmongItsSites, .unknownSite, .siteRetired, .residency, .noAgent,
            .agentNeverSeen,
            .agentUnreachable, .agentDrained, .agentQuarantined, .agentDoesNotServe, .partitionNotServed,
            .partitionClosed, .stackMissing, .walltime, .nodes, .cores, .memory, .devices, .devicesUnused,
            .jobCap, .noBudget, .budgetElsewhere, .budgetTooSmall, .budgetOverrun, .outsidePeriod, .noPrice,
            .boundElsewhere, .backOff:
            refusals.contains(refusal)
        }
    }

    /// The same for events.
    static func isSampled(_ event: AgentEvent) -> Bool {
        switch event {
        case .accepted, .declined, .submitted, .waiting, .packStarted, .started, .metrics, .usage, .ended,
            .settled, .adjusted, .lookedUp, .log, .unknown:
            events.contains(event)
        }
    }
}
