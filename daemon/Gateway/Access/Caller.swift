import Coordination

/// Who speaks in a request.
enum Caller: Sendable {
    /// Nobody that is known.
    case nobody
    /// A member, by its token or the pages' session.
    case member(Principal)
    /// An agent, by its certificate.
    case agent(AgentPrincipal)

    /// The name for the log.
    var name: String {
        switch self {
        case .nobody: "-"
        case .member(let principal): "member:\(principal.member)"
        case .agent(let agent): "agent:\(agent.agent)"
        }
    }
}
