public import Federation

/// What a run folder knows of its pack, so that it can be accounted for when every other trace is lost.
public struct RunRecord: Hashable, Sendable, Codable {
    /// The book that offered it.
    public var instance: InstanceID
    /// The agent that took it.
    public var agent: AgentID
    /// The pack as it was offered: specs, keys, budgets, times.
    public var offer: Offer
    /// When the folder was made.
    public var madeAt: Instant
    /// What the wrapper goes by; nil in a folder of an earlier version, where it stands in a file of its own.
    public var wrapper: WrapperSettings?

    /// The record of that offer.
    public init(instance: InstanceID, agent: AgentID, offer: Offer, madeAt: Instant) {
        self.instance = instance
        self.agent = agent
        self.offer = offer
        self.madeAt = madeAt
    }
}
