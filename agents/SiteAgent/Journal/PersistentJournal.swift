public import Federation

/// The journal's rules and its rows on disk, in step: `save` must succeed before anything is done or told.
public struct PersistentJournal {
    /// The rules; changed freely between two saves.
    public var rules: AgentJournal
    private let store: JournalStore
    /// Changes that could not be written yet.
    private var unsaved = JournalChanges()

    /// Opens what is on disk, or begins a new journal with that id, and starts the rules.
    public init(
        store: JournalStore, identity: AgentIdentity, freshJournal: JournalID, mode: AgentMode,
        settings: Federation.AgentSettings
    ) throws {
        self.store = store
        let contents = try store.load()
        if var head = contents.head {
            guard head.agent == identity.agent, head.instance == identity.instance else {
                throw AgentFault.foreignJournal(
                    path: "the journal", owner: "\(head.agent) of instance \(head.instance)")
            }
            head.mode = mode
            rules = AgentJournal(
                head: head, packs: contents.packs, attempts: contents.attempts, history: contents.history,
                outbox: contents.outbox, settings: settings)
        } else {
            rules = AgentJournal(
                instance: identity.instance, agent: identity.agent, runRoot: identity.runRoot,
                journal: freshJournal,
                mode: mode, settings: settings)
        }
        rules.started()
    }

    /// Writes all that changed since the last save that worked.
    public mutating func save() throws(JournalFault) {
        unsaved.add(rules.takeChanges())
        try store.save(unsaved, of: rules)
        unsaved = JournalChanges()
    }

    /// Gives the journal's lock back.
    public func close() { store.close() }
}

extension JournalChanges {
    /// Both sets of changes as one. Rows are written from the rules as they stand, so the order between the two
    /// does not matter; only a restart of the numbering makes earlier events of the first meaningless.
    mutating func add(_ later: JournalChanges) {
        head = head || later.head
        packs.formUnion(later.packs)
        attempts.formUnion(later.attempts)
        if later.eventsRestarted {
            eventsRestarted = true
            eventsDeletedThrough = later.eventsDeletedThrough
            eventsAddedFrom = later.eventsAddedFrom
            return
        }
        if let through = later.eventsDeletedThrough {
            eventsDeletedThrough = max(eventsDeletedThrough ?? through, through)
        }
        if let from = later.eventsAddedFrom { eventsAddedFrom = min(eventsAddedFrom ?? from, from) }
    }
}
