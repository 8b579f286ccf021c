extension ProgrammeAllocation {
    private static let keys = ["id", "site", "account", "partitions", "period", "amount", "source"]

    static func read(_ node: DocumentNode, units: [SiteID: String]?) -> ProgrammeAllocation? {
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("id")?.identifier(Allocation.self)
        let site = object.required("site")?.identifier(Site.self)
        if let site, let units, units[site] == nil {
            object.required("site")?.fault(
                "there is no site \(site) yet",
                suggestion: Spelling.suggestion(for: site.rawValue, among: units.keys.map(\.rawValue)))
        }
        let account = object.required("account")?.text(most: 64)
        let partitions = object.optional("partitions")?.identifiers(Partition.self) ?? []
        let period = object.required("period").flatMap(Period.read)
        let amount = object.required("amount")?.amount(unit: site.flatMap { units?[$0] })
        let source = object.required("source")?.text()
        guard let id, let site, let account, let period, let amount, let source else { return nil }
        return ProgrammeAllocation(
            id: id, site: site, account: account, partitions: partitions, from: period.from,
            until: period.until,
            amount: amount, source: source)
    }
}

extension ProgrammeBudget {
    private static let keys = ["id", "allocation", "partner", "workPackage", "amount"]

    static func read(
        _ node: DocumentNode, allocations: [AllocationID: SiteID], units: [SiteID: String]?
    ) -> ProgrammeBudget? {
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("id")?.identifier(Budget.self)
        let allocation = object.required("allocation")?.identifier(Allocation.self)
        if let allocation, allocations[allocation] == nil {
            object.required("allocation")?.fault(
                "there is no allocation \(allocation)",
                suggestion: Spelling.suggestion(
                    for: allocation.rawValue, among: allocations.keys.map(\.rawValue)))
        }
        let unit = allocation.flatMap { allocations[$0] }.flatMap { units?[$0] }
        let partner = object.optional("partner")?.identifier(Partner.self)
        let workPackage = object.optional("workPackage")?.identifier(WorkPackage.self)
        let amount = object.required("amount")?.amount(unit: unit)
        guard let id, let allocation, let amount else { return nil }
        return ProgrammeBudget(
            id: id, allocation: allocation, partner: partner, workPackage: workPackage, amount: amount)
    }
}
