/// What placement says of one site: taken, possible, or refused with every reason.
public struct SiteVerdict: Hashable, Sendable, Codable {
    /// The site.
    public var site: SiteID
    /// The agent that was looked at, if the site has one.
    public var agent: AgentID?
    /// The partition that fits, or the one that came nearest.
    public var partition: PartitionID?
    /// The budget that covers it, if one does.
    public var budget: BudgetID?
    /// Why it cannot go there; empty when it can.
    public var refusals: [Refusal]
    /// The refusals in words.
    public var words: [String]
    /// What it costs there, where that can be said.
    public var cost: CostQuote?
    /// When it would probably start, where that can be said.
    public var expectedStart: Instant?
    /// How good the site is among those that can take it; higher is better.
    public var score: Int64

    /// Whether the task can go there now.
    public var isPossible: Bool { refusals.isEmpty }
    /// Whether everything that refuses it may pass by itself.
    public var mayBecomePossible: Bool { refusals.allSatisfy(\.isTemporary) }
}
