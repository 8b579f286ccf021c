/// The times that the coordinator's rules go by. Drills shorten them; the defaults are for real sites.
public struct ExchangeSettings: Hashable, Sendable {
    /// How long an offer stays open: three of the agent's cycles.
    public var offerSeconds: Int64 = 180
    /// The same for an agent whose bundles a courier carries: 6 hours.
    public var courierOfferSeconds: Int64 = 21_600
    /// How long an accepted attempt may stay unconfirmed before it is withdrawn.
    public var acceptedSilenceSeconds: Int64 = 540
    /// A pack must start within this time, or before its period's end − walltime if that is earlier: 14 days.
    public var mustStartSeconds: Int64 = 14 * 86_400
    /// How far a site's clock may be off.
    public var clockSkewSeconds: Int64 = 600
    /// After this long without an exchange an agent is shown as unreachable.
    public var silenceSeconds: Int64 = 300
    /// When settled attempts are read again, seconds after their end: 1 h, 6 h, 1, 3, 7, 30 days.
    public var reReadSeconds: [Int64] = [3600, 21_600, 86_400, 259_200, 604_800, 2_592_000]
    /// How long a re-read may stay unanswered before it is asked for again.
    public var reReadRepeatSeconds: Int64 = 600
    /// The first back-off after a failure or decline; doubles with each.
    public var backOffSeconds: Int64 = 30
    /// The longest back-off.
    public var maximumBackOffSeconds: Int64 = 3600
    /// How often a task may end through the site's doing (lost, node failure, preempted, launch) before it fails.
    public var disruptionsAllowed: Int = 20
    /// So many percent may lie between what a batch system bills and what the tariff gives before it is alarmed.
    public var billingTolerancePercent: Int64 = 1
    /// Journals that take over more often than this within an hour raise an alarm: two agents share an identity.
    public var switchesPerHourAllowed: Int = 5
    /// Clauses switched off: only the simulation does that, to show that each one guards something.
    public var disabled: Set<Clause> = []

    /// The defaults.
    public init() {}

    /// How long an offer to an agent that travels so stays open.
    public func offerSeconds(for mode: AgentMode) -> Int64 {
        mode == .courier ? max(offerSeconds, courierOfferSeconds) : offerSeconds
    }

    /// Whether a clause is in force.
    public func enforces(_ clause: Clause) -> Bool { disabled.isEmpty || !disabled.contains(clause) }
}
