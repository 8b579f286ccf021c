/// Why an attempt did not complete; each class has its own rule for trying again.
public enum FailureClass: String, Hashable, Sendable, Codable, CaseIterable {
    /// The walltime ran out before the program ended.
    case walltime
    /// The system killed it for memory.
    case outOfMemory
    /// The node went away under it.
    case nodeFailure
    /// The site took its nodes for other work.
    case preempted
    /// It made no progress for longer than its task allows (`FailureRules.stallAfterSeconds`), or its chain made none.
    case stalled
    /// The program itself ended with another exit than 0 and 85.
    case nonZeroExit
    /// The program or mpirun could not be started at all.
    case launch
    /// No trace of a run could be found, and the start marker was taken so that there will be none.
    case lost
    /// The batch system would not take its job: this user may not submit there, or not so.
    case rejected
    /// The site held the job and nobody released it before `mustStartBy`.
    case onHold
    /// It was not started before `mustStartBy`.
    case tooLate

    /// What happened, for people who do not know the classes.
    public var inWords: String {
        switch self {
        case .walltime: "its walltime ran out"
        case .outOfMemory: "it was killed for memory"
        case .nodeFailure: "its node went away"
        case .preempted: "its nodes went to other work"
        case .stalled: "it made no progress"
        case .nonZeroExit: "its program failed"
        case .launch: "its program could not be started"
        case .lost: "no trace of its run could be found"
        case .rejected: "the batch system would not take its job"
        case .onHold: "its job was held until it was too late to start"
        case .tooLate: "it was not started in time"
        }
    }
}
