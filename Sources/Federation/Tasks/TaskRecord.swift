/// What the coordinator knows of a task beyond its spec: the part that the rules read and change.
public struct TaskRecord: Hashable, Sendable {
    /// The task's name.
    public var id: TaskID
    /// Where it stands.
    public var state: TaskState
    /// The live attempt's fence while `running`.
    public var live: Fence?
    /// The newest fence ever given, or `Fence.none`.
    public var lastFence: Fence
    /// Somebody asked for its cancellation.
    public var cancelRequested: Bool
    /// The fence whose completion ended it; only that fence's artifacts are published.
    public var completedBy: Fence?
    /// It is not placed before this moment (back-off after a failure or a decline).
    public var notBefore: Instant?
    /// Failures so far that count against `retriesAllowed`.
    public var failures: Int
    /// Ends that were the site's doing and count against `ExchangeSettings.disruptionsAllowed` only.
    public var disruptions: Int
    /// Attempts in a row that were over before anything ran; they count for the back-off only.
    public var unstarted: Int
    /// See `TaskSpec.retries`.
    public var retriesAllowed: Int
    /// Links of its chain so far (attempts that ended with exit 85).
    public var links: Int
    /// See `TaskSpec.maximumLinks`.
    public var linksAllowed: Int
    /// Links in a row that made no progress; two end the chain.
    public var linksWithoutProgress: Int
    /// The progress mark of the last link (steps done, as its result or checkpoint said).
    public var progress: Int64
    /// The site to which its chain is bound by its checkpoint, if any.
    public var boundTo: AgentID?
    /// See `TaskSpec.onSilence`.
    public var onSilence: OnSilence
    /// The last failure, for people.
    public var lastFailure: FailureClass?

    /// A task that has never been attempted.
    public init(
        id: TaskID, state: TaskState, retriesAllowed: Int = 2, linksAllowed: Int = 1,
        onSilence: OnSilence = .park
    ) {
        self.id = id
        self.state = state
        live = nil
        lastFence = .none
        cancelRequested = false
        completedBy = nil
        notBefore = nil
        failures = 0
        disruptions = 0
        unstarted = 0
        self.retriesAllowed = retriesAllowed
        links = 0
        self.linksAllowed = linksAllowed
        linksWithoutProgress = 0
        progress = 0
        boundTo = nil
        self.onSilence = onSilence
        lastFailure = nil
    }
}
