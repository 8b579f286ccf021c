import Federation
import TestKit
import Testing
import Wire

@testable import Gateway

/// The API's document says what the gateway does. That every answer fits its schema is checked by the client of all
/// these tests, at every request.
@Suite struct OpenAPITests {
    @Test func theDocumentsOperationsAreTheRoutes() async throws {
        let specification = try Specification.shared.get()
        let routes = try await RouteNames.all().filter {
            !Endpoint.isPage(String($0.split(separator: " ")[1]))
        }
        #expect(Set(routes) == Set(specification.operations.keys))
        #expect(specification.operations.count > 40)
    }

    @Test func theDocumentSaysWhoMayCallWhat() throws {
        for (name, operation) in try Specification.shared.get().operations {
            #expect(operation["x-access"]?.text == AccessPolicy.table[name]?.words, "\(name)")
        }
    }

    @Test func theDocumentsQueryParametersAreTheRoutes() throws {
        let specification = try Specification.shared.get()
        for endpoint in try RouteNames.endpoints().all where !endpoint.isPage {
            let operation = try #require(specification.operations[endpoint.name])
            var names: Set<String> = []
            var remembers = false
            if case .array(let parameters) = operation["parameters"] ?? .null {
                for parameter in parameters {
                    let name = String(parameter["$ref"]?.text?.split(separator: "/").last ?? "")
                    #expect(
                        specification.root["components"]?["parameters"]?[name] != nil,
                        "\(endpoint.name) \(name)")
                    if name == "idempotencyKey" { remembers = true }
                    if !name.hasPrefix("path_"), name != "idempotencyKey" { names.insert(name) }
                }
            }
            #expect(names == endpoint.query, "\(endpoint.name)")
            #expect(remembers == endpoint.remembers, "\(endpoint.name)")
        }
    }

    @Test func everyPartIsSmallEnoughToEmbed() {
        #expect(OpenAPIDocument.text.hasPrefix("openapi: 3.1.0"))
        for part in OpenAPIDocument.parts { #expect(part.count < 20_000) }
    }

    /// A wrong answer is found: the checker itself is checked.
    @Test func theCheckerFindsWhatIsWrong() throws {
        let specification = try Specification.shared.get()
        func faults(_ body: String, status: Int = 200, type: String = "application/json") -> Int {
            specification.faults(
                of: "GET /v1/version", status: status, contentType: type, body: Array(body.utf8)
            ).count
        }
        let good = #"{"program":"1","api":1,"exchange":1,"instance":"i","generation":1}"#
        #expect(faults(good) == 0)
        #expect(faults(good.replacing("\"api\":1", with: "\"api\":\"1\"")) == 1)
        #expect(faults(good.replacing("\"api\":1,", with: "")) == 1)
        #expect(faults(good.replacing("\"api\":1", with: "\"api\":1,\"extra\":1")) == 1)
        #expect(faults(good, status: 204) == 1)
        #expect(faults(good, type: "text/html") == 1)
        #expect(faults("{") == 1)
    }

    /// Goes through the whole API once, so that every operation is answered well at least once.
    @Test func everyOperationIsAnsweredAsTheDocumentSays() async throws {
        try await GatewayFixture.use { fixture in
            let tour = try await Tour(fixture)
            try await tour.watchAndChangeTheBook()
            try await tour.tendAgents()
            try await tour.tendMembers()
            try await tour.lookAfterTheService()
            try await tour.changeTheProgramme()
            await tour.close()
            let specification = try Specification.shared.get()
            #expect(Set(specification.operations.keys).subtracting(fixture.seen.all) == [])
        }
    }
}
