import Federation

/// One run of a job as `sacct` has it, its steps' figures beside it.
struct AccountingRow: Hashable, Sendable {
    /// The fields that this `sacct` is asked for, out of those that it knows.
    struct Fields: Hashable, Sendable {
        var names: [String]

        static let required = [
            "JobIDRaw", "State", "ExitCode", "Start", "End", "ElapsedRaw", "AllocNodes", "AllocTRES",
            "JobName",
        ]
        static let welcome = [
            "DBIndex", "Submit", "UID", "Cluster", "ConsumedEnergyRaw", "TotalCPU", "MaxRSS", "Reason",
        ]

        /// The fields to ask for, by what `sacct --helpformat` lists; nil where a needed one is missing.
        init?(known text: String) {
            let known = Set(text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() })
            guard Fields.required.allSatisfy({ known.contains($0.lowercased()) }) else { return nil }
            names = Fields.welcome.filter { known.contains($0.lowercased()) } + Fields.required
        }
    }

    /// A node cannot draw more watts than this: what is above it is a counter that overflowed.
    static let wattsPerNode = 20_000.0

    var index: String
    var name: String
    var row: JobRow
    /// Slurm's own word for the state.
    var state: SlurmState
    var submitted: Instant?
    var reason: String

    /// The runs of jobs of that user (nil takes any), in the order of the record; nil where the output is not one of `sacct`, or was
    /// cut.
    static func rows(
        _ bytes: [UInt8], fields: Fields, separator: String, user: String?, cluster: String?
    ) -> [AccountingRow]? {
        guard let table = SlurmTable(trailing: bytes, titles: fields.names, separator: separator) else {
            return nil
        }
        var rows: [AccountingRow] = []
        var isOurs = false
        for values in table.rows {
            let get = { (name: String) in
                fields.names.firstIndex(of: name).map { values[$0] } ?? ""
            }
            let id = get("JobIDRaw")
            if id.contains(".") {
                // A step: its job stands above it.
                if isOurs, let last = rows.indices.last { rows[last].addStep(get("MaxRSS")) }
                continue
            }
            guard !id.isEmpty, id.allSatisfy(\.isNumber) else { return nil }
            // A row that has just been begun may have no user yet; one of another user or cluster is not ours.
            isOurs = user == nil || get("UID").isEmpty || get("UID") == user
            if let cluster, !get("Cluster").isEmpty, get("Cluster") != cluster { isOurs = false }
            if isOurs { rows.append(AccountingRow(id, get)) }
        }
        return rows
    }

    /// Among rows that were asked for by id, the run that began about then: a run that was put back within seconds of its
    /// start keeps for ever the name and the missing user that a record has at first (seen with 20.11).
    static func run(of job: String, begunAt moment: Instant, among rows: [AccountingRow]) -> AccountingRow? {
        rows.first { row in
            guard row.row.job == job, row.name == unnamed, let start = row.row.start else { return false }
            return abs(start.seconds(since: moment)) <= nearSeconds
        }
    }

    /// The name of a row whose job's own has not been recorded.
    static let unnamed = "allocation"
    /// How far a start marker's time may lie from the record's start, seconds.
    static let nearSeconds: Int64 = 10

    private init(_ id: String, _ get: (String) -> String) {
        index = get("DBIndex")
        name = get("JobName")
        state = SlurmState(get("State"))
        submitted = QueueRow.time(get("Submit"))
        reason = get("Reason")
        let tres = TrackedResources(get("AllocTRES"))
        let nodes = max(1, Int(clamping: tres.nodes ?? Int64(get("AllocNodes")) ?? 1))
        let per = { (total: Int64?) in Int(clamping: ((total ?? 0) + Int64(nodes) - 1) / Int64(nodes)) }
        var row = JobRow(
            job: id, state: .running, start: QueueRow.time(get("Start")),
            seconds: max(0, Int64(get("ElapsedRaw")) ?? 0), nodes: nodes, coresPerNode: per(tres.cores),
            memoryMiBPerNode: per(tres.memoryMiB), devicesPerNode: per(tres.devices))
        // Only what has an end on record has ended: the state alone may stand there earlier.
        if let ended = state.ended, QueueRow.time(get("End")) != nil {
            row.state =
                ended == .failed && get("ExitCode") == "\(PackRun.Exit.refused.rawValue):0" ? .refused : ended
        } else if state.isPending {
            row.state = .pending
        }
        row.billing = tres.billing
        row.cpuSeconds = AccountingRow.seconds(get("TotalCPU"))
        if let joules = Double(get("ConsumedEnergyRaw")), joules > 0,
            joules <= Double(nodes) * Double(max(1, row.seconds)) * AccountingRow.wattsPerNode
        {
            row.energyJoules = joules
        }
        self.row = row
    }

    private mutating func addStep(_ resident: String) {
        guard let mebibytes = AccountingRow.bytes(resident) else { return }
        row.maximumResidentBytes = max(row.maximumResidentBytes ?? 0, mebibytes)
    }

    /// An amount of memory like `2804K` or `1.50G` in bytes.
    private static func bytes(_ text: String) -> Int64? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let amount = Double(digits), amount > 0, amount < 1e15 else { return nil }
        let factors: [Character: Double] = [
            "K": 1024, "M": 1_048_576, "G": 1_073_741_824, "T": 1_099_511_627_776,
        ]
        return Int64(amount * (text.last.flatMap { factors[$0] } ?? 1))
    }

    /// A duration like `1-02:03:04`, `02:03:04` or `00:00.004` in seconds.
    static func seconds(_ text: String) -> Double? {
        let days = text.split(separator: "-", maxSplits: 1)
        guard let clock = days.last, !clock.isEmpty else { return nil }
        var seconds = 0.0
        for part in clock.split(separator: ":", omittingEmptySubsequences: false) {
            guard let value = Double(part) else { return nil }
            seconds = seconds * 60 + value
        }
        guard days.count == 2 else { return seconds }
        guard let count = Double(days[0]) else { return nil }
        return seconds + count * 86_400
    }
}
