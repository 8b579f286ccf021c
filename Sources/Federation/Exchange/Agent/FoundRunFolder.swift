/// A run folder that a scan found: what its record says, and what can be seen of the pack.
public struct FoundRunFolder: Hashable, Sendable {
    /// The pack.
    public var pack: PackID
    /// Its members as the record has them, in order.
    public var members: [(attempt: AttemptKey, offered: ListedAttempt.Offered)] {
        zip(attempts, offers).map { ($0, $1) }
    }
    /// The members' attempts, in order.
    public var attempts: [AttemptKey]
    /// What was offered of each of them.
    public var offers: [ListedAttempt.Offered]
    /// The offer whole, if the record has it.
    public var offer: Offer?
    /// What can be seen of it.
    public var evidence: PackEvidence

    /// A folder with that record.
    public init(
        pack: PackID, attempts: [AttemptKey], offers: [ListedAttempt.Offered], offer: Offer? = nil,
        evidence: PackEvidence
    ) {
        self.pack = pack
        self.attempts = attempts
        self.offers = offers
        self.offer = offer
        self.evidence = evidence
    }
}
