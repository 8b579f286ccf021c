/// What the coordinator answers in one exchange.
public struct CoordinatorReply: Hashable, Sendable, Codable {
    /// A piece of a log that somebody wants to read.
    public struct LogRequest: Hashable, Sendable, Codable {
        /// The attempt.
        public var attempt: AttemptKey
        /// From this byte on; negative counts from the end.
        public var offset: Int64
        /// At most so many bytes.
        public var bytes: Int64

        /// A request for that piece.
        public init(attempt: AttemptKey, offset: Int64, bytes: Int64) {
            self.attempt = attempt
            self.offset = offset
            self.bytes = bytes
        }
    }

    /// The exchange's version: 1.
    public var version: Int
    /// The book.
    public var instance: InstanceID
    /// Its generation.
    public var generation: Int64
    /// The reply's own number within the journal (and generation).
    public var number: Int64
    /// The document it answers.
    public var answers: Int64
    /// The journal it answers.
    public var journal: JournalID
    /// The session it answers.
    public var session: SessionID
    /// Events up to this number count, once and for all.
    public var acknowledged: Int64
    /// The highest document number that the coordinator has seen of this journal.
    public var lastDocument: Int64
    /// Events are missing: send again from `acknowledged + 1`, or a snapshot.
    public var gap: Bool
    /// The journal is not known: say hello.
    public var unknownJournal: Bool
    /// Another journal or session speaks for this agent now.
    public var displaced: Bool
    /// The document was older than one already seen: acknowledged, never reconciled.
    public var older: Bool
    /// The agent's generation is behind: scan, then report in full.
    public var newGeneration: Bool
    /// The full report is still missing.
    public var wantsFull: Bool
    /// Why the document was not taken at all (another instance, another run root, a retired agent), in words.
    public var refusal: String?
    /// Whether the lists below were made; otherwise they say nothing.
    public var reconciled: Bool
    /// Packs that the agent may accept.
    public var offers: [Offer]
    /// Packs that it may give to the batch system, in this session.
    public var confirmed: [PackID]
    /// Attempts to end, in whatever state.
    public var cancel: [AttemptKey]
    /// Attempts that the coordinator holds and the agent does not list, or lists behind: look for them.
    public var lookUp: [ListedAttempt]
    /// Attempts whose events are to be sent again: the agent is ahead.
    public var resend: [AttemptKey]
    /// Settled attempts whose record is to be read again.
    public var reRead: [ListedAttempt]
    /// Settled attempts that may go to the journal's history.
    public var forget: [AttemptKey]
    /// Logs that are wanted.
    public var logs: [LogRequest]
    /// The newest sealed block's hash, hexadecimal, for the record.
    public var newestBlock: String?
    /// The agent takes no new packs.
    public var drain: Bool
    /// How long the agent may leave its next poll open, seconds.
    public var pollSeconds: Int64

    /// An empty answer to that document.
    public init(instance: InstanceID, generation: Int64, answers document: AgentDocument) {
        version = AgentDocument.currentVersion
        self.instance = instance
        self.generation = generation
        number = 0
        answers = document.number
        journal = document.journal
        session = document.session
        acknowledged = 0
        lastDocument = 0
        gap = false
        unknownJournal = false
        displaced = false
        older = false
        newGeneration = false
        wantsFull = false
        refusal = nil
        reconciled = false
        offers = []
        confirmed = []
        cancel = []
        lookUp = []
        resend = []
        reRead = []
        forget = []
        logs = []
        newestBlock = nil
        drain = false
        pollSeconds = 30
    }
}
