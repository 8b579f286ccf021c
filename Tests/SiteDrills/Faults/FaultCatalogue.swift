/// Every kind of fault that a drill can be, in the order in which the deck is dealt.
enum FaultCatalogue {
    /// A kind by its name.
    struct Kind: Sendable {
        var name: String
        /// It outlasts every time-out, and is drawn only where that is asked for.
        var isLong: Bool
    }

    /// All kinds.
    static let kinds: [Kind] = makers.map { make in
        let fault = make()
        return Kind(name: fault.kind, isLong: fault.isLong)
    }

    /// A fresh fault of that kind, for one drill: it remembers what it has to heal. Nil where there is no such kind.
    static func make(_ kind: String) -> (any SiteFault)? {
        guard let index = kinds.firstIndex(where: { $0.name == kind }) else { return nil }
        return makers[index]()
    }

    private static let makers: [@Sendable () -> any SiteFault] = [
        { DaemonFault(.slurmctld, .kill) }, { DaemonFault(.slurmctld, .stop) },
        { DaemonFault(.slurmdbd, .kill) }, { DaemonFault(.slurmdbd, .stop) },
        { DaemonFault(.slurmd, .kill) }, { DaemonFault(.slurmd, .stop) },
        { JobProcessFault(.slurmstepd, .kill) }, { JobProcessFault(.slurmstepd, .stop) },
        { DaemonFault(.munged, .kill) }, { DaemonFault(.munged, .stop) },
        { DaemonFault(.mariadbd, .kill) }, { DaemonFault(.mariadbd, .stop) },
        { SubmissionFault(.before) }, { SubmissionFault(.while) }, { SubmissionFault(.after) },
        { JobFault(.requeue) }, { JobFault(.requeuehold) }, { JobFault(.hold) }, { JobFault(.suspend) },
        { JobFault(.scancel) },
        { NodeDownFault() },
        { AgentStepFault() }, { AgentProcessFault(.kill) }, { AgentProcessFault(.stop) },
        { CoordinatorKillFault() }, { SecondCoordinatorFault() }, { PostgresStopFault() },
        { LinkFault(.cut) }, { LinkFault(.oneWay) }, { LinkFault(.slow) }, { LinkFault(.reset) },
        { LinkFault(.away) },
        { JournalFault(.deleted) }, { JournalFault(.older) }, { SecondAgentFault() },
        { RestoredDatabaseFault() },
        { DiskFault(.full) }, { DiskFault(.readOnly) },
        { ClockFault() },
        { JobProcessFault(.wrapper, .kill) }, { JobProcessFault(.watchdog, .kill) },
        { JobProcessFault(.rank, .kill) },
        { SlurmdAwayFault() },
    ]
}
