/// A site's document from what YAML or JSON said.
extension SiteDocument {
    /// Reads a site; every fault is reported, with its place.
    public static func read(_ value: JSONValue) throws(DocumentFaults) -> SiteDocument {
        let faults = FaultCollector()
        let site = read(DocumentNode(value, faults: faults))
        try faults.throwIfAny()
        guard let site else { throw DocumentFaults(faults: [.init(path: [], message: "is no site")]) }
        return site
    }

    private static let keys = [
        "site", "name", "country", "unit", "clockSkew", "grace", "partitions", "tariffs", "accounts",
        "agents",
        "packing", "facts", "launcherHints",
    ]

    private static func read(_ node: DocumentNode) -> SiteDocument? {
        guard let object = node.object(keys: keys) else { return nil }
        let id = object.required("site")?.identifier(Site.self)
        let name = object.required("name")?.text()
        let country = object.required("country")?.country()
        let unit = object.required("unit")?.text(most: 32)
        let partitions = object.required("partitions")?.list().compactMap(SitePartition.read) ?? []
        var seen: Set<PartitionID> = []
        for (index, partition) in partitions.enumerated() where !seen.insert(partition.id).inserted {
            node.faults.add(
                node.path + [.key("partitions"), .index(index)], "the partition \(partition.id) comes twice")
        }
        let tariffs = readTariffs(object, partitions: partitions)
        let accounts = object.optional("accounts")?.list().compactMap { $0.text(most: 64) } ?? []
        let agents = object.optional("agents")?.list().compactMap(AgentTerms.read) ?? []
        let skew = object.optional("clockSkew")?.seconds(in: 0...86_400) ?? 600
        let grace = object.optional("grace")?.seconds(in: 0...86_400) ?? 60
        let packing = object.optional("packing").flatMap(PackingLimits.read) ?? PackingLimits()
        let facts = (object.optional("facts")?.entries() ?? []).compactMap {
            SourcedFact.read($0.name, $0.node)
        }
        let hints = object.optional("launcherHints")?.textMap() ?? [:]
        guard let id, let name, let country, let unit else { return nil }
        var site = SiteDocument(
            id: id, name: name, country: country, partitions: partitions,
            prices: PriceList(site: id, unit: unit, tariffs: tariffs), agents: agents)
        site.clockSkewSeconds = skew
        site.graceSeconds = grace
        site.accounts = accounts
        site.packing = packing
        site.facts = facts
        site.launcherHints = hints
        return site
    }

    private static func readTariffs(_ object: DocumentObject, partitions: [SitePartition]) -> [Tariff] {
        guard let node = object.required("tariffs") else { return [] }
        let known = partitions.map(\.id)
        let tariffs = node.list().flatMap { Tariff.read($0, partitions: known) }
        for partition in known where !tariffs.contains(where: { $0.partition == partition }) {
            node.fault("the partition \(partition) has no tariff: its hours would be free")
        }
        var seen: Set<[String]> = []
        for tariff in tariffs where !seen.insert([tariff.partition.rawValue, tariff.from.timeText]).inserted {
            node.fault("two rows for \(tariff.partition) begin on \(tariff.from.dateText)")
        }
        return tariffs
    }
}
