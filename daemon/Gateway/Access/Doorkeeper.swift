import Coordination
import Federation
import HTTPTypes
import Hummingbird

/// Finds out who speaks, and whether the access table lets them.
struct Doorkeeper: Sendable {
    let coordinator: Coordinator
    let now: @Sendable () -> Instant

    /// Who speaks; every request is looked up anew, so a revocation counts from the next one on. (A TLS session that
    /// is resumed shows the certificate it was opened with, whether its holder still has the key or not.)
    func caller(
        _ request: Request, _ context: GatewayContext, for access: Access, isPage: Bool
    ) async throws -> Caller {
        if access == .anyone { return .nobody }
        if let identity = context.peer?.identity {
            return .agent(try await agent(identity))
        }
        // A one-time link opens whatever session the browser still holds.
        if access == .ownCredential { return .nobody }
        guard let token = try token(request, isPage: isPage) else { return .nobody }
        guard let principal = try await coordinator.principal(token: token) else {
            throw Failure.unauthenticated(
                "this token is unknown, expired or revoked", isPage: isPage)
        }
        return .member(principal)
    }

    /// Throws unless the rule lets the caller in.
    func check(_ caller: Caller, against access: Access, isPage: Bool) throws {
        switch (access, caller) {
        case (.anyone, _), (.ownCredential, _), (.agents, .agent), (.agentsAndMembers, .agent): return
        case (.members(let roles), .member(let principal)),
            (.agentsAndMembers(let roles), .member(let principal)):
            guard principal.roles.isDisjoint(with: roles) else { return }
            throw Failure.forbidden(
                "this is for \(access.words); yours are \(Doorkeeper.words(principal.roles))")
        case (.agents, .member), (.members, .agent):
            throw Failure.forbidden("this is for \(access.words)")
        case (.agents, .nobody):
            throw Failure.unauthenticated(
                "this is for \(access.words): connect to the agents' address with it", isPage: false)
        case (.members, .nobody), (.agentsAndMembers, .nobody):
            throw Failure.unauthenticated(
                "this is for \(access.words): send an API token as \"Authorization: Bearer hansa_…\"",
                isPage: isPage)
        }
    }

    private func agent(_ identity: Peer.Identity) async throws -> AgentPrincipal {
        guard identity.notAfterSeconds > now().seconds else {
            throw Failure.certificateExpired()
        }
        guard let agent = try await coordinator.agent(spkiSHA256: identity.spkiSHA256) else {
            throw Failure.forbidden("this certificate is not enrolled, or it was revoked")
        }
        return agent
    }

    private func token(_ request: Request, isPage: Bool) throws -> String? {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
                throw Failure.unauthenticated(
                    "the Authorization header has to be \"Bearer hansa_…\"", isPage: isPage)
            }
            return String(parts[1])
        }
        // The session counts for pages alone: a page of somebody else's cannot make a browser call the API with it.
        return isPage ? SessionCookie.token(in: request.headers[values: .cookie]) : nil
    }

    private static func words(_ roles: Set<Role>) -> String {
        roles.map(\.rawValue).sorted().joined(separator: ", ")
    }
}
