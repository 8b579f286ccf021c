import Federation

/// One job as `squeue` shows it.
struct QueueRow: Hashable, Sendable {
    var job: String
    var state: SlurmState
    var submitted: Instant?
    var start: Instant?
    var end: Instant?
    var nodes: Int
    var cores: Int
    var partition: String
    var reason: String
    var name: String

    /// What is asked of `squeue`, in the order of the columns. The name, which anybody chooses, comes last.
    static let columns = ["%A", "%T", "%U", "%V", "%S", "%e", "%D", "%C", "%P", "%r", "%j"]

    /// The format with that separator.
    static func format(_ separator: String) -> String {
        columns.map { separator + $0 }.joined() + separator
    }

    /// The rows of that user; nil where the output is not one of `squeue`, or was cut.
    static func rows(_ bytes: [UInt8], separator: String, user: String) -> [QueueRow]? {
        guard let table = SlurmTable(framed: bytes, columns: columns.count, separator: separator),
            table.titles[0] == "JOBID", table.titles[1] == "STATE"
        else { return nil }
        var rows: [QueueRow] = []
        for fields in table.rows {
            guard !fields[0].isEmpty, fields[0].allSatisfy(\.isNumber) else { return nil }
            guard fields[2] == user else { continue }
            rows.append(
                QueueRow(
                    job: fields[0], state: SlurmState(fields[1]), submitted: time(fields[3]),
                    start: time(fields[4]), end: time(fields[5]), nodes: Int(fields[6]) ?? 1,
                    cores: Int(fields[7]) ?? 1, partition: fields[8], reason: fields[9], name: fields[10]))
        }
        return rows
    }

    /// A time in seconds since 1970; words like `N/A`, `None` and `Unknown` are none.
    static func time(_ text: String) -> Instant? {
        guard let seconds = Int64(text), seconds > 0 else { return nil }
        return Instant(seconds: seconds)
    }
}
