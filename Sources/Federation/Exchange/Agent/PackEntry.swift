/// One pack in an agent's journal: the part that its members share.
public struct PackEntry: Hashable, Sendable, Codable {
    /// The pack.
    public var id: PackID
    /// Its members in order; burnt, ended and forgotten ones included.
    public var members: [AttemptKey]
    /// The offer whole; nil where it is known only from a run folder's record or the coordinator's question.
    public var offer: Offer?
    /// Where the pack stands: `accepted`, `confirmed`, `submitting`, `submitted` or `started`.
    public var state: AttemptState
    /// Nobody knows whether the batch system has it: look before anything else (§5.3).
    public var inDoubt: Bool
    /// The session in which it was confirmed.
    public var confirmedSession: SessionID?
    /// Its jobs at the site.
    public var jobs: [String]
    /// Who has its start marker, as far as seen.
    public var marker: MarkerHolder?
    /// The first document that lists it: what an answer to an earlier one says of its absence means nothing.
    public var listedFrom: Int64
    /// Its job must not start later.
    public var mustStartBy: Instant
    /// What the batch system said when it was given the pack and gave no job, for people.
    public var refusal: String?
    /// Whether that was a no, and not a failure of which nobody knows what it did; nil, as in journals from before there
    /// was any, is neither.
    public var isRejected: Bool?
    /// The queue's reason as it was told last.
    public var waitingReason: String?
    /// Looked for and found nowhere while the controller answered: the marker is to be taken. Not kept over a restart.
    public var isAbsent: Bool

    /// A pack in that state.
    public init(
        id: PackID, members: [AttemptKey], offer: Offer? = nil, state: AttemptState, inDoubt: Bool = false,
        listedFrom: Int64 = 0, mustStartBy: Instant
    ) {
        self.id = id
        self.members = members
        self.offer = offer
        self.state = state
        self.inDoubt = inDoubt
        confirmedSession = nil
        jobs = []
        marker = nil
        self.listedFrom = listedFrom
        self.mustStartBy = mustStartBy
        refusal = nil
        isRejected = nil
        waitingReason = nil
        isAbsent = false
    }
}
