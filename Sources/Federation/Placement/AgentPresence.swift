/// Whether an agent can be given work now.
public enum AgentPresence: Hashable, Sendable, Codable {
    /// It speaks.
    case connected
    /// It has been silent since then.
    case unreachable(since: Instant)
    /// It has never spoken.
    case neverSeen
    /// Somebody closed it for new work.
    case drained
    /// Its full report is missing after a restore.
    case quarantined

    /// The presence of an agent by what the coordinator knows of it. One that travels as a courier or runs once a
    /// while is silent between its rounds: that is no fault for a day, or two weeks.
    public init(of agent: AgentRecord, quarantined: Bool, now: Instant, settings: ExchangeSettings) {
        if agent.drained {
            self = .drained
        } else if let seen = agent.seen {
            let patience: Int64 =
                switch agent.mode {
                case .serve: settings.silenceSeconds
                case .once: max(settings.silenceSeconds, 86_400)
                case .courier: max(settings.silenceSeconds, 14 * 86_400)
                }
            if now.seconds(since: seen) > patience {
                self = .unreachable(since: seen)
            } else {
                self = quarantined ? .quarantined : .connected
            }
        } else {
            self = .neverSeen
        }
    }
}
