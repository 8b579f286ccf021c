/// What a failure of each class means for trying again (§10).
public enum RetryRule: Hashable, Sendable {
    /// The task's own doing: counts against `TaskRecord.retriesAllowed`, with back-off.
    case counted
    /// The task's own doing, and it would come to the same again: ends the task, unless the task asks to be tried again;
    /// then it is counted.
    case onlyIfAsked
    /// The site's doing: tried again with back-off, up to `ExchangeSettings.disruptionsAllowed` times.
    case disruption
    /// The site's right: tried again at once and for nothing as long as it came further than ever before; without
    /// progress it is a disruption, so that a site that always interrupts does not use up a grant.
    case freeWithProgress
    /// Nothing was tried: queued again for nothing, however often, with back-off that doubles with each in a row. A site
    /// whose clock is far off finds every pack too late; without a pause it would be offered the next one at once.
    case unstarted

    /// The rule of a class.
    public static func of(_ failure: FailureClass) -> RetryRule {
        switch failure {
        case .walltime, .stalled, .nonZeroExit: .counted
        case .outOfMemory: .onlyIfAsked
        case .nodeFailure, .launch, .lost, .rejected: .disruption
        case .preempted: .freeWithProgress
        case .onHold, .tooLate: .unstarted
        }
    }
}
