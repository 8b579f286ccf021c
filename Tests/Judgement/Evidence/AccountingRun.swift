/// One run of a job as Slurm's own record has it.
struct AccountingRun: Sendable {
    var id: String
    var name: String
    var state: String
    var submit: Moment?
    var start: Moment?
    var end: Moment?
    /// Seconds that it held its nodes, those in which it was suspended left out.
    var elapsed: Int64
    var suspended: Int64
    var nodes: Int64
    var cores: Int64

    /// Whether the record has an end: the state alone may stand there earlier.
    var hasEnded: Bool {
        end != nil && !["PENDING", "RUNNING", "SUSPENDED", "COMPLETING", "CONFIGURING"].contains(state)
    }
    /// Whether it ever began, by the record.
    var hasBegun: Bool { start != nil }
    /// The name of a row whose job's own has not been recorded.
    static let unnamed = "allocation"
}
