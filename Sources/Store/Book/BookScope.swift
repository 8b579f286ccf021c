public import Federation

/// What of the book one decision needs; whatever belongs to it (tasks of attempts, live attempts of tasks, their
/// budgets and prices) comes along.
public struct BookScope: Sendable {
    /// Agents whose rows are locked first.
    public var agents: Set<AgentID> = []
    /// Journals.
    public var journals: Set<JournalKey> = []
    /// Attempts, wherever they stand.
    public var attempts: Set<AttemptKey> = []
    /// Tasks.
    public var tasks: Set<TaskID> = []
    /// All attempts of the tasks come along, also past ones.
    public var pastOfTasks = false
    /// Budgets beyond those of the attempts.
    public var budgets: Set<BudgetID> = []
    /// All attempts of the agents that are neither settled nor burnt come along.
    public var liveOfAgents = false
    /// Settled attempts of the agents whose record is due to be read again by then come along.
    public var reReadsDue: Instant?

    /// Nothing.
    public init() {}

    /// What several decisions in one transaction need.
    init(union scopes: some Sequence<BookScope>) {
        for scope in scopes {
            agents.formUnion(scope.agents)
            journals.formUnion(scope.journals)
            attempts.formUnion(scope.attempts)
            tasks.formUnion(scope.tasks)
            pastOfTasks = pastOfTasks || scope.pastOfTasks
            budgets.formUnion(scope.budgets)
            liveOfAgents = liveOfAgents || scope.liveOfAgents
            reReadsDue = [reReadsDue, scope.reReadsDue].compactMap(\.self).max()
        }
    }

    /// What one exchange needs: the agent, its journals, its live attempts and everything that the document names.
    public init(document: AgentDocument, now: Instant) {
        agents = [document.agent]
        journals = [JournalKey(agent: document.agent, journal: document.journal)]
        liveOfAgents = true
        reReadsDue = now
        for listed in document.attempts + document.history {
            attempts.insert(listed.attempt)
            budgets.insert(listed.offered.budget)
        }
        for numbered in document.events {
            if let key = numbered.event.attempt { attempts.insert(key) }
        }
    }
}

extension AgentEvent {
    /// The attempt that the event names; events of a pack name none, their attempts are live ones of the agent.
    var attempt: AttemptKey? {
        switch self {
        case .accepted, .declined, .submitted, .waiting, .packStarted: nil
        case .started(let key, _), .metrics(let key, _), .usage(let key, _), .ended(let key, _),
            .settled(let key, _), .adjusted(let key, _), .lookedUp(let key, _), .log(let key, _, _, _):
            key
        case .unknown(_, let body): AgentEvent.attempt(in: body)
        }
    }

    /// The attempt that an event of an unknown kind names, where it does so in the usual place.
    private static func attempt(in body: JSONValue) -> AttemptKey? {
        guard case .object(let members) = body else { return nil }
        for value in members.values {
            if let text = value["attempt"]?.text, let key = AttemptKey(text) { return key }
        }
        return nil
    }
}
