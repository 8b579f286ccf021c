import Federation

/// Who may call a route.
enum Access: Sendable, Hashable {
    /// Anybody.
    case anyone
    /// Whoever holds what the request itself carries (a one-time token or code, a signature).
    case ownCredential
    /// An agent, by its certificate.
    case agents
    /// Members with one of those roles.
    case members(Set<Role>)
    /// Agents, and members with one of those roles.
    case agentsAndMembers(Set<Role>)

    /// Every role.
    static let everyMember: Access = .members(Set(Role.allCases))
    /// Those who see everything.
    static let overseers: Access = .members([.manager, .auditor])
    /// Those who run the coordinator.
    static let operators: Access = .members([.operator, .manager])

    /// The rule in words, for refusals and the API's document.
    var words: String {
        switch self {
        case .anyone: "anybody"
        case .ownCredential: "whoever holds the one-time token, code or key that the request carries"
        case .agents: "agents, by their certificate"
        case .members(let roles): Access.words(roles)
        case .agentsAndMembers(let roles): "agents, by their certificate, and " + Access.words(roles)
        }
    }

    private static func words(_ roles: Set<Role>) -> String {
        if roles.count == Role.allCases.count { return "every member" }
        let names = Role.allCases.filter { roles.contains($0) }.map(\.rawValue)
        return "members with the role " + names.joined(separator: " or ")
    }
}
