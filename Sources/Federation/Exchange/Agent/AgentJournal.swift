/// The agent's side of the exchange as a value: everything the journal holds, and every rule of §4 and §5 that the
/// agent must keep. Inputs are what the outside world said; what is to be done follows from `nextActions`.
///
/// The driver gives an input, persists `takeChanges()` in one transaction, and only then performs actions. So a kill
/// between any two steps is safe: `started()` after a restart, and the journal finds its work again.
public struct AgentJournal: Sendable {
    /// The journal's head.
    public internal(set) var head: JournalHead
    /// Packs with a member that has not been forgotten.
    public internal(set) var packs: [PackID: PackEntry]
    /// Packs of which every member has been forgotten.
    public internal(set) var closedPacks: [PackID: PackEntry]
    /// Attempts that have not been forgotten.
    public internal(set) var attempts: [AttemptKey: AttemptEntry]
    /// Forgotten attempts; they outlive the oldest backup that may be restored (§4.9).
    public internal(set) var history: [AttemptKey: AttemptEntry]
    /// Events that the coordinator has not acknowledged, in order.
    public internal(set) var outbox: [NumberedEvent]
    /// The times to go by.
    public var settings: AgentSettings
    /// What the driver can take, for the next document.
    public var capacity: [PartitionCapacity] = []
    /// What keeps the agent from taking anything new, for the next document.
    public var trouble: String?
    /// The agent's program version, for people.
    public var program = ""

    var volatile = Volatile()
    var changes = JournalChanges()

    /// What a restart forgets.
    struct Volatile: Sendable {
        /// The session, once the coordinator has opened it.
        var session: SessionID?
        /// An exchange of this session has been reconciled: the agent may act.
        var exchanged = false
        /// The document whose answer is awaited.
        var inFlight: InFlight?
        /// Attempts whose records are to be read again.
        var reReads: [PackID: [ListedAttempt]] = [:]
    }

    /// What must be remembered of a document until its answer comes.
    struct InFlight: Sendable {
        var number: Int64
        var kind: AgentDocument.Kind
        var session: SessionID
    }

    /// A new journal, which begins with a scan.
    public init(
        instance: InstanceID, agent: AgentID, runRoot: RunRootID, journal: JournalID,
        mode: AgentMode = .serve,
        settings: AgentSettings = .init()
    ) {
        head = JournalHead(instance: instance, agent: agent, runRoot: runRoot, journal: journal, mode: mode)
        head.scanDue = settings.enforces(.newJournalScans)
        packs = [:]
        closedPacks = [:]
        attempts = [:]
        history = [:]
        outbox = []
        self.settings = settings
        changes.head = true
    }

    /// A journal as it was persisted; call `started` before anything else. Packs whose members are all in `history`
    /// are closed ones.
    public init(
        head: JournalHead, packs: [PackEntry], attempts: [AttemptEntry], history: [AttemptEntry],
        outbox: [NumberedEvent], settings: AgentSettings = .init()
    ) {
        self.head = head
        self.attempts = Dictionary(attempts.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        self.history = Dictionary(history.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        self.packs = [:]
        closedPacks = [:]
        self.outbox = outbox.sorted { $0.number < $1.number }
        self.settings = settings
        let open = Set(attempts.map(\.pack))
        for pack in packs {
            if open.contains(pack.id) { self.packs[pack.id] = pack } else { closedPacks[pack.id] = pack }
        }
    }

    /// After every start of the process: the session is gone, and what was being submitted is in doubt (§5.3).
    public mutating func started() {
        volatile = Volatile()
        if head.mode == .courier {
            volatile.session = head.courierSession
            volatile.exchanged = head.courierSession != nil && head.lastReply > 0
        }
        for (id, pack) in packs where pack.state == .submitting || pack.isAbsent {
            packs[id]?.inDoubt = true
            packs[id]?.isAbsent = false
            changes.packs.insert(id)
        }
    }

    /// What changed since the last call; the driver writes it in one transaction before it performs actions.
    public mutating func takeChanges() -> JournalChanges {
        let taken = changes
        changes = JournalChanges()
        return taken
    }

    /// Lets go of history that ended before that moment; it must be earlier than the oldest backup that may be restored
    /// (§4.9). The driver deletes rows that are in neither `attempts` nor `history`, `packs` nor `closedPacks`.
    public mutating func prune(endedBefore moment: Instant) {
        for (key, entry) in history where entry.endedAt.map({ $0 < moment }) ?? false {
            history[key] = nil
            changes.attempts.insert(key)
            guard let pack = closedPacks[entry.pack], !pack.members.contains(where: { history[$0] != nil })
            else {
                continue
            }
            closedPacks[entry.pack] = nil
            changes.packs.insert(entry.pack)
        }
    }

    /// The open session, if there is one.
    public var session: SessionID? { volatile.session }

    /// The number of the document whose answer is awaited, if there is one.
    public var awaited: Int64? { volatile.inFlight?.number }

    /// Whether an exchange of the open session has been reconciled: the agent may act.
    public var mayAct: Bool { volatile.exchanged }

    /// Whether anything is unsettled, untold or unanswered: the agent then polls fast.
    public var isBusy: Bool {
        !outbox.isEmpty || volatile.session == nil || head.scanDue || !volatile.reReads.isEmpty
            || attempts.values.contains { $0.state != .settled }
    }

    /// Whether more events wait than go into one document: the agent exchanges again at once.
    public var isBehind: Bool { outbox.count > settings.eventsPerDocument }

    /// Where an attempt stands: its own end, or its pack's state.
    public func state(of attempt: AttemptEntry) -> AttemptState {
        attempt.hasEnded ? attempt.state : packs[attempt.pack]?.state ?? attempt.state
    }

    // MARK: - Duties

    mutating func requireSnapshot() {
        head.snapshotDue = true
        head.snapshotFrom = nil
        changes.head = true
    }

    mutating func requireFull() {
        head.fullDue = true
        head.fullFrom = nil
        changes.head = true
    }

    mutating func requireScan() {
        head.scanDue = true
        head.fullFrom = nil
        changes.head = true
    }

    mutating func closeSession() {
        volatile.session = nil
        volatile.exchanged = false
        head.courierSession = nil
        changes.head = true
    }

    // MARK: - Events

    mutating func emit(_ event: AgentEvent) {
        head.lastEvent += 1
        outbox.append(NumberedEvent(number: head.lastEvent, event: event))
        changes.head = true
        if changes.eventsAddedFrom == nil { changes.eventsAddedFrom = head.lastEvent }
    }

    /// Tells something that the rules do not look at: metrics, a piece of a log.
    public mutating func tell(_ event: AgentEvent) { emit(event) }
}
