/// A programme's document from what YAML or JSON said.
extension ProgrammeDocument {
    /// Reads a programme. `units` are the known sites' units: an amount must name the unit of its site; nil (the CLI
    /// without a coordinator) takes any site and unit. Every fault is reported, with its place.
    public static func read(
        _ value: JSONValue, units: [SiteID: String]?
    ) throws(DocumentFaults) -> ProgrammeDocument {
        let faults = FaultCollector()
        let programme = read(DocumentNode(value, faults: faults), units: units)
        if faults.faults.isEmpty { programme?.check(faults) }
        try faults.throwIfAny()
        guard let programme else {
            throw DocumentFaults(faults: [.init(path: [], message: "is no programme")])
        }
        return programme
    }

    private static let keys = [
        "programme", "name", "grant", "period", "partners", "workPackages", "members", "activities",
        "eligibility",
        "decisions", "allocations", "budgets",
    ]

    private static func read(_ node: DocumentNode, units: [SiteID: String]?) -> ProgrammeDocument? {
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("programme")?.identifier(Programme.self)
        let name = object.required("name")?.text()
        let period = object.required("period").flatMap(Period.read)
        let partners = object.required("partners")?.list().compactMap(ProgrammePartner.read) ?? []
        let workPackages = object.optional("workPackages")?.list().compactMap(ProgrammeWorkPackage.read) ?? []
        let members = object.optional("members")?.list().compactMap(ProgrammeMember.read) ?? []
        let activities = object.required("activities")?.list().compactMap(Activity.read) ?? []
        let eligibility = object.required("eligibility")?.list().flatMap(EligibilityRow.read) ?? []
        let decisions = object.optional("decisions")?.list().compactMap(EligibilityDecision.read) ?? []
        let allocations = (object.optional("allocations")?.list() ?? []).compactMap {
            ProgrammeAllocation.read($0, units: units)
        }
        let sites = Dictionary(allocations.map { ($0.id, $0.site) }, uniquingKeysWith: { first, _ in first })
        let budgets = (object.optional("budgets")?.list() ?? []).compactMap {
            ProgrammeBudget.read($0, allocations: sites, units: units)
        }
        guard let id, let name, let period else { return nil }
        var programme = ProgrammeDocument(
            id: id, name: name, grant: object.optional("grant")?.text(), from: period.from,
            until: period.until)
        programme.partners = partners
        programme.workPackages = workPackages
        programme.members = members
        programme.activities = activities
        programme.eligibility = eligibility
        programme.decisions = decisions
        programme.allocations = allocations
        programme.budgets = budgets
        return programme
    }
}
