/// Names a journal of an agent.
public struct JournalKey: Hashable, Sendable {
    /// The agent.
    public var agent: AgentID
    /// The journal.
    public var journal: JournalID

    /// That journal of that agent.
    public init(agent: AgentID, journal: JournalID) {
        self.agent = agent
        self.journal = journal
    }
}
