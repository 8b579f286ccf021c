/// Tariff rows of a site's document. One row may name several partitions; it becomes one `Tariff` for each.
extension Tariff {
    private static let keys = ["partitions", "from", "until", "factor", "terms", "source", "verified"]

    static func read(_ node: DocumentNode, partitions known: [PartitionID]) -> [Tariff] {
        guard let object = node.object(keys: keys) else { return [] }
        var partitions: [PartitionID] = []
        for element in object.required("partitions")?.elements() ?? [] {
            guard let id = element.identifier(Partition.self) else { continue }
            guard known.contains(id) else {
                element.fault(
                    "there is no partition \(id)",
                    suggestion: Spelling.suggestion(for: id.rawValue, among: known.map(\.rawValue)))
                continue
            }
            partitions.append(id)
        }
        let from = object.required("from")?.moment()
        let until = object.optional("until")?.moment(endOfDay: true)
        if let from, let until, until <= from { node.fault("\"until\" is not after \"from\"") }
        let factor = object.optional("factor")?.thousandths() ?? 1000
        let terms = object.required("terms")?.list().compactMap(TariffTerm.read) ?? []
        if terms.isEmpty, let node = object.optional("terms") { node.fault("needs at least one term") }
        let source = object.required("source")?.text()
        let verified = object.optional("verified")?.flag() ?? false
        guard let from, let source else { return [] }
        return partitions.map {
            Tariff(
                partition: $0, from: from, until: until, factorThousandths: factor, terms: terms,
                source: source,
                verified: verified)
        }
    }
}

extension TariffTerm {
    private enum Counted: String, CaseIterable {
        case node, cores, memory, devices

        var measure: Measure {
            switch self {
            case .node: .node
            case .cores: .cores
            case .memory: .memoryMiB
            case .devices: .devices
            }
        }
    }

    static func read(_ node: DocumentNode) -> TariffTerm? {
        guard let object = node.object(keys: ["count", "per", "weight", "roundUp", "minimum"]) else {
            return nil
        }
        guard let counted = object.required("count")?.choice(Counted.self) else { return nil }
        var per: Int64? = 1
        if let value = object.optional("per") {
            per =
                counted == .memory ? value.memoryMiB().map(Int64.init) : value.integer(in: 1...1_000_000_000)
        } else if counted == .memory {
            node.fault("a memory term needs \"per\"", suggestion: "e.g. per: 2GiB")
        }
        let weight = object.optional("weight")?.thousandths() ?? 1000
        let minimum = object.optional("minimum")?.thousandths() ?? 0
        let roundedUp = object.optional("roundUp")?.flag() ?? false
        guard let per else { return nil }
        return TariffTerm(
            measure: counted.measure, per: per, weightThousandths: weight, roundedUp: roundedUp,
            minimumThousandths: minimum)
    }
}
