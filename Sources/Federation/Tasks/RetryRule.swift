/// What a failure of each class means for trying again (§10).
public enum RetryRule: Hashable, Sendable {
    /// The task's own doing: counts against `TaskRecord.retriesAllowed`, with back-off.
    case counted
    /// The site's doing: tried again with back-off, up to `ExchangeSettings.disruptionsAllowed` times.
    case disruption
    /// Nothing was tried: queued again at once.
    case free

    /// The rule of a class.
    public static func of(_ failure: FailureClass) -> RetryRule {
        switch failure {
        case .walltime, .outOfMemory, .stalled, .nonZeroExit: .counted
        case .nodeFailure, .preempted, .launch, .lost: .disruption
        case .onHold, .tooLate: .free
        }
    }
}
