/// Where an attempt stands, in the words of both sides; the order of `rank` is the road.
public enum AttemptState: String, Hashable, Sendable, Codable, CaseIterable {
    /// The coordinator holds budget for it and offers it to an agent.
    case offered
    /// The agent wants it.
    case accepted
    /// The agent may give it to the batch system: from here on it is the site's.
    case confirmed
    /// The agent has asked the batch system, or is in doubt whether it has (agent's side only).
    case submitting
    /// The batch system has a job for it.
    case submitted
    /// The start marker is taken by its job: the program runs or has run.
    case started
    /// The site says that it is over.
    case ended
    /// The site's record is final and booked.
    case settled
    /// Burnt: the agent did not want it.
    case declined
    /// Burnt: the coordinator took the offer back.
    case withdrawn
    /// Burnt: the offer was not accepted in time.
    case expired

    /// Whether the fence was burnt before confirmation.
    public var isBurnt: Bool { self == .declined || self == .withdrawn || self == .expired }

    /// How far along the road: 0 offered … 6 settled; a burnt one is 9.
    public var rank: Int {
        switch self {
        case .offered: 0
        case .accepted: 1
        case .confirmed, .submitting: 2
        case .submitted: 3
        case .started: 4
        case .ended: 5
        case .settled: 6
        case .declined, .withdrawn, .expired: 9
        }
    }

    /// Whether the attempt counts as its task's live one at the site: confirmed and not yet ended.
    public var isAtSite: Bool { (2...4).contains(rank) }
}
