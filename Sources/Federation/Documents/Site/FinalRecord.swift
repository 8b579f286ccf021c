/// What a closed site's accounting says of attempts that its agent will not report on any more: rows that a manager
/// had from the site.
public struct FinalRecord: Hashable, Sendable {
    /// The runs of one attempt and what they held.
    public struct Row: Hashable, Sendable {
        /// The attempt.
        public var attempt: AttemptKey
        /// What it held; its partition is the attempt's own.
        public var usage: Usage
    }

    /// Where the rows come from, for whoever audits the book.
    public var source: String
    /// One a attempt, in the order of the document.
    public var rows: [Row]

    /// The most rows of a document.
    public static let mostRows = 10_000

    /// Reads a record; every fault is reported, with its place.
    public static func read(_ value: JSONValue) throws(DocumentFaults) -> FinalRecord {
        let faults = FaultCollector()
        let record = read(DocumentNode(value, faults: faults))
        try faults.throwIfAny()
        guard let record else { throw DocumentFaults(faults: [.init(path: [], message: "is no record")]) }
        return record
    }

    private static func read(_ node: DocumentNode) -> FinalRecord? {
        guard let object = node.object(keys: ["source", "record"]) else { return nil }
        let source = object.required("source")?.text(most: 500)
        let nodes = object.required("record")?.list() ?? []
        guard nodes.count <= mostRows else {
            node.fault("has more than \(mostRows) rows", suggestion: "bring it in several documents")
            return nil
        }
        let rows = nodes.compactMap(row)
        var seen: Set<AttemptKey> = []
        for (index, row) in rows.enumerated() where !seen.insert(row.attempt).inserted {
            node.faults.add(
                node.path + [.key("record"), .index(index)], "\(row.attempt) comes twice",
                suggestion: "list all its runs in one row")
        }
        return source.map { FinalRecord(source: $0, rows: rows) }
    }

    private static func row(_ node: DocumentNode) -> Row? {
        let keys = ["attempt", "runs", "nodes", "coresPerNode", "memoryPerNode", "devicesPerNode"]
        guard let object = node.object(keys: keys) else { return nil }
        var attempt: AttemptKey?
        if let name = object.required("attempt"), let text = name.text() {
            attempt = AttemptKey(text)
            if attempt == nil {
                name.fault("\"\(text)\" names no attempt", suggestion: "task.generation.counter")
            }
        }
        let runs = object.required("runs")?.list().compactMap(run) ?? []
        let nodes: Int? = object.required("nodes")?.integer(in: 1...1_000_000)
        let cores: Int? = object.required("coresPerNode")?.integer(in: 0...1_000_000)
        let memory = object.required("memoryPerNode")?.memoryMiB()
        let devices: Int = object.optional("devicesPerNode")?.integer(in: 0...10_000) ?? 0
        guard let attempt, let nodes, let cores, let memory else { return nil }
        return Row(
            attempt: attempt,
            usage: Usage(
                runs: runs.sorted { $0.start < $1.start }, nodes: nodes, coresPerNode: cores,
                memoryMiBPerNode: memory, devicesPerNode: devices, partition: PartitionID(""),
                source: runs.isEmpty ? .none : .siteRecord))
    }

    private static func run(_ node: DocumentNode) -> Usage.Run? {
        guard let object = node.object(keys: ["start", "seconds"]) else { return nil }
        let start = object.required("start")?.moment()
        let seconds: Int64? = object.required("seconds")?.integer(in: 0...31_536_000)
        guard let start, let seconds else { return nil }
        return Usage.Run(start: start, seconds: seconds)
    }
}
