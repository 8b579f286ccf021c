import Coordination
import Federation
import HTTPTypes
import Hummingbird
import Wire

/// Members, their tokens, and links to the pages.
struct IdentityRoutes: Sendable {
    /// Where people reach the pages, without a trailing `/`.
    let publicURL: String

    func add(to endpoints: inout Endpoints) {
        endpoints.on("GET /v1/me") { call in
            let member = try call.member()
            return try .json(
                MeAnswer(
                    member: member.member, partner: member.partner,
                    roles: member.roles.sorted { $0.rawValue < $1.rawValue }, sites: member.sites.sorted()))
        }
        endpoints.on("GET /v1/members", query: ["after", "limit"]) { call in
            try .json(Page(items: try await call.coordinator.members(by: call.member())))
        }
        endpoints.on("POST /v1/members", remembers: true) { call in
            let request = try await call.body(MemberRequest.self)
            let member = MemberView(
                id: request.id, partner: request.partner, roles: request.roles, sites: request.sites ?? [],
                name: request.name, mail: request.mail, active: true)
            try await call.coordinator.createMember(member, by: call.member())
            return try .json(member, status: .created)
        }
        endpoints.on("POST /v1/members/{id}/erase") { call in
            let member: MemberID = try call.identifier()
            try await call.coordinator.eraseName(member: member, by: call.member())
            return try .json(ChangesAnswer(changes: ["the name of \(member) was erased"]))
        }
        endpoints.on("POST /v1/tokens") { call in
            let request = try await call.body(TokenRequest.self)
            let own = try call.member()
            let token = try await call.coordinator.createToken(
                member: request.member ?? own.member, label: request.label, expires: request.expires, by: own)
            return try .json(TokenAnswer(token: token), status: .created)
        }
        endpoints.on("DELETE /v1/tokens/{handle}") { call in
            let handle = try call.part("handle")
            try await call.coordinator.revokeToken(handle: handle, by: call.member())
            return try .json(ChangesAnswer(changes: ["the token \(handle) was revoked"]))
        }
        endpoints.on("POST /v1/login-links") { call in
            let request = try await call.body(LoginLinkRequest.self)
            let own = try call.member()
            let code = try await call.coordinator.loginLink(member: request.member ?? own.member, by: own)
            return try .json(
                LoginLinkAnswer(url: "\(publicURL)/login/\(code)", validSeconds: 600), status: .created)
        }
    }
}
