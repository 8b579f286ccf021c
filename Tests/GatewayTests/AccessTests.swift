import Coordination
import Federation
import NIOHTTP1
import Postgres
import Store
import TestKit
import Testing
import Wire

@testable import Gateway

/// Every route against everybody who may come.
@Suite struct AccessTests {
    @Test func everyLineOfTheTableIsARouteAndTheReverse() async throws {
        let names = try await RouteNames.all()
        #expect(Set(names) == Set(AccessPolicy.table.keys))
        #expect(names.count == Set(names).count)
    }

    @Test func everyRouteLetsInExactlyWhomItShould() async throws {
        try await GatewayFixture.use { fixture in
            let identity = try await fixture.enrol()
            var callers: [(name: String, role: Role?, client: RawClient)] = [
                ("nobody", nil, try await fixture.client(nil))
            ]
            for role in Role.allCases {
                callers.append((role.rawValue, role, try await fixture.client(role)))
            }
            let agent = try fixture.agents(identity)
            for route in try await RouteNames.all() {
                let isOpen = ClosedDoors.open.contains(route)
                for caller in callers {
                    let isIn = caller.role.map { !ClosedDoors.closed(to: $0).contains(route) } ?? isOpen
                    let answer = try await AccessTests.call(route, caller.client)
                    AccessTests.check(
                        answer, route: route, who: caller.name, mayEnter: isIn, isKnown: caller.role != nil)
                }
                // Revoking would end this agent for the routes that follow.
                guard !route.hasSuffix("/revoke") else { continue }
                let answer = try await AccessTests.call(route, agent)
                let isIn =
                    isOpen || ClosedDoors.agentsAlone.contains(route) || ClosedDoors.agentsToo.contains(route)
                AccessTests.check(answer, route: route, who: "an agent", mayEnter: isIn, isKnown: true)
            }
            for caller in callers { await caller.client.close() }
            await agent.close()
        }
    }

    /// Who looks after one site looks after no other.
    @Test func aSiteAdminTendsItsOwnSiteAlone() async throws {
        try await GatewayFixture.use { fixture in
            _ = try await fixture.enrol()
            _ = try await fixture.enrol("beta-agent", site: "beta")
            let admin = try await fixture.client(.siteAdmin)
            let foreign = try await admin.send(
                "POST", "/v1/enrolment-tokens", EnrolmentTokenRequest(agent: "new", site: "beta"))
            #expect(foreign.status == 403)
            let own = try await admin.send(
                "POST", "/v1/enrolment-tokens", EnrolmentTokenRequest(agent: "new", site: SampleBook.site))
            #expect(own.status == 201)
            for (path, body) in [("drain", Array(#"{"drain":true}"#.utf8)), ("revoke", [])] {
                let refused = try await admin.send("POST", "/v1/agents/beta-agent/\(path)", bytes: body)
                #expect(refused.status == 403, "\(path): \(refused.text)")
                #expect(refused.detail.contains("beta"))
                let taken = try await admin.send(
                    "POST", "/v1/agents/\(SampleBook.agent)/\(path)", bytes: body)
                #expect(taken.status == 200, "\(path): \(taken.text)")
            }
            let rows = try await fixture.sample.pool.query("SELECT id FROM agent WHERE drained ORDER BY id")
            #expect(try rows.map { try $0.decode("id", as: String.self) } == [SampleBook.agent.rawValue])
            await admin.close()
        }
    }

    @Test func aTokenThatIsUnknownOrRevokedOpensNothing() async throws {
        try await GatewayFixture.use { fixture in
            let unknown = try fixture.people(token: "hansa_unknown")
            let refused = try await unknown.get("/v1/campaigns")
            #expect(refused.status == 401)
            #expect(refused.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer") == true)
            await unknown.close()
            let client = try await fixture.client(.submitter)
            #expect(try await client.get("/v1/me").status == 200)
            let handle = String((client.token ?? "").prefix(14))
            #expect(try await client.send("DELETE", "/v1/tokens/\(handle)").status == 200)
            #expect(try await client.get("/v1/me").status == 401)
            for header in ["hansa_x", "Basic aGFuc2E6eA==", "Bearer ", "Bearer  "] {
                let answer = try await client.send("GET", "/v1/me", headers: [("Authorization", header)])
                #expect(answer.status == 401, "\(header)")
            }
            await client.close()
        }
    }

    @Test func aMemberSeesItsOwnPartnersTasksAlone() async throws {
        try await GatewayFixture.use { fixture in
            let entered = try await fixture.sample.submit(SampleBook.specs(2), key: "k")
            let task = TaskID(submission: SubmissionID(entered.campaign.rawValue), index: 0)
            let other = try fixture.people(
                token: try await fixture.coordinator.createToken(
                    member: "other", label: "t", expires: nil,
                    by: .init(member: "other", partner: "utu", roles: [.submitter])))
            let own = try await fixture.client(.submitter)
            #expect(try await own.get("/v1/tasks/\(task)").status == 200)
            #expect(try await other.get("/v1/tasks/\(task)").status == 404)
            #expect(try await other.send("POST", "/v1/tasks/\(task)/cancel", text: "{}").status == 404)
            #expect(try await other.get("/v1/tasks").json["items"] == .array([]))
            await own.close()
            await other.close()
        }
    }

    /// Calls a route with names that are well-formed and name nothing.
    private static func call(_ route: String, _ client: RawClient) async throws -> RawClient.Answer {
        let parts = route.split(separator: " ")
        var path = String(parts[1])
        for (name, value) in [
            ("{sha256}", String(repeating: "0", count: 64)), ("{number}", "999"),
            ("{handle}", "hansa_00000000"),
            ("{code}", "none"), ("/tasks/{id}", "/tasks/none-0"), ("/alarms/{id}", "/alarms/999"),
            ("{id}", "none"),
        ] { path = path.replacing(name, with: value) }
        let hasBody = parts[0] == "POST" || parts[0] == "PUT"
        if path == "/v1/exchange" { path += "?wait=0" }
        if path.hasSuffix("/log") { path += "?wait=0" }
        return try await client.send(String(parts[0]), path, bytes: hasBody ? Array("{}".utf8) : nil)
    }

    private static func check(
        _ answer: RawClient.Answer, route: String, who: String, mayEnter: Bool, isKnown: Bool
    ) {
        let isRefused =
            (answer.status == 401 || answer.status == 403)
            && (answer.detail + answer.text).contains("this is for")
        #expect(isRefused == !mayEnter, "\(route) by \(who): \(answer.status) \(answer.detail)")
        if !mayEnter { #expect(answer.status == (isKnown ? 403 : 401), "\(route) by \(who)") }
        #expect(answer.status != 500, "\(route) by \(who)")
    }
}
