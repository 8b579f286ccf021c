import Federation
import NIOHTTP1
import TestKit
import Testing
import Wire

@testable import Gateway

/// What comes from outside may be anything; the answer always says what is wrong, where, and what would be right.
@Suite struct BadInputTests {
    @Test func bodiesThatAreNoRequest() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            func post(_ text: String) async throws -> RawClient.Answer {
                try await manager.send("POST", "/v1/grants", text: text)
            }
            for (text, status, words) in [
                ("", 400, "empty"), ("{", 400, "line 1, column 2"),
                ("{\"budget\": \"b\",\n}", 400, "line 2, column 1"),
                ("[]", 422, "object"), ("null", 422, "object"), ("\"x\"", 422, "object"),
                (#"{"budget":"b","amount":"1"}"#, 422, "reason: this key is missing"),
                (#"{"budget":"b","amount":1,"reason":"r"}"#, 422, "amount: a string is expected here"),
                (#"{"budget":null,"amount":"1","reason":"r"}"#, 422, "budget"),
                (#"{"budget":"b","amount":"1","raeson":"r"}"#, 422, "keys that mean nothing"),
                (#"{"budget":"nosuch","amount":"1","reason":"r"}"#, 404, "nosuch"),
                (#"{"budget":"alpha-all","amount":"one","reason":"r"}"#, 422, "one"),
                (#"{"budget":"alpha-all","amount":"-5","reason":"r"}"#, 422, "5"),
                (#"{"budget":"alpha-all","amount":"9999999999999999999999","reason":"r"}"#, 422, "99"),
                (#"{"budget":"alpha-all","amount":"1","reason":"   "}"#, 400, "reason"),
            ] {
                let answer = try await post(text)
                #expect(answer.status == status, "\(text): \(answer.status) \(answer.text)")
                #expect(answer.text.contains(words), "\(text): \(answer.text)")
                #expect(answer.headers.first(name: "Content-Type") == Problem.contentType)
            }
            let misspelt = try await post(#"{"budget":"b","amount":"1","raeson":"r"}"#)
            #expect(misspelt.text.contains("did you mean \\\"reason\\\"?"))
            await manager.close()
        }
    }

    @Test func bytesThatAreNotUTF8OrTooMany() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            let latin = try await manager.send("POST", "/v1/grants", bytes: [0x7B, 0x22, 0xE9, 0x22, 0x7D])
            #expect(latin.status == 400)
            #expect(latin.detail.contains("not UTF-8"))
            let huge = try await manager.send(
                "POST", "/v1/grants", bytes: [UInt8](repeating: 0x20, count: (1 << 20) + 1))
            #expect(huge.status == 413)
            let deep = try await manager.send(
                "PUT", "/v1/programme", text: String(repeating: "[", count: 100_000))
            #expect(deep.status == 400)
            #expect(deep.detail.contains("nested"))
            let nul = try await manager.send(
                "POST", "/v1/grants", text: #"{"budget":"alpha-all","amount":"1","reason":"a\u0000b"}"#)
            // Postgres keeps no NUL; whatever becomes of it, nothing fails.
            #expect(nul.status < 500, "\(nul.text)")
            let yaml = try await manager.send(
                "PUT", "/v1/programme", text: "programme: x", headers: [("Content-Type", "application/yaml")])
            #expect(yaml.status == 415)
            await manager.close()
        }
    }

    @Test func pathsAndMethodsThatAreNot() async throws {
        try await GatewayFixture.use { fixture in
            let client = try await fixture.client(.manager)
            for path in [
                "/v1", "/v1/", "/v1/nothing", "/v1/tasks/a/b/c", "/v1/../etc/passwd", "/v1/%2e%2e/x",
            ] {
                let answer = try await client.get(path)
                #expect(answer.status == 404, "\(path) \(answer.status)")
                #expect(answer.problem == "notFound", "\(path)")
            }
            for path in [
                "/v1/tasks/noindex", "/v1/sites/..", "/v1/sites/a%2Fb", "/v1/sites/%00", "/v1/depot/abc",
            ] {
                #expect(try await client.get(path).status == 404, "\(path)")
            }
            for (method, path, allowed) in [
                ("DELETE", "/v1/campaigns", "GET, POST"), ("POST", "/v1/version", "GET"),
                ("PATCH", "/v1/sites/alpha", "GET, PUT"),
                ("OPTIONS", "/v1/budgets", "GET"), ("POST", "/", "GET"),
            ] {
                let answer = try await client.send(method, path)
                #expect(answer.status == 405, "\(method) \(path)")
                #expect(answer.headers.first(name: "Allow") == allowed, "\(method) \(path)")
            }
            await client.close()
        }
    }

    @Test func queriesThatMeanNothing() async throws {
        try await GatewayFixture.use { fixture in
            let client = try await fixture.client(.manager)
            for (path, words) in [
                ("/v1/tasks?stat=ready", "did you mean state?"),
                ("/v1/tasks?state=raedy", "did you mean ready?"),
                ("/v1/tasks?kind=xyz", "training"), ("/v1/tasks?limit=0", "from 1 to 1000"),
                ("/v1/tasks?limit=1001", "from 1 to 1000"), ("/v1/tasks?limit=ten", "from 1 to 1000"),
                ("/v1/tasks?live=maybe", "neither"), ("/v1/version?x=1", "takes none"),
                ("/v1/ledger/entries?attempt=x", "task.generation.counter"),
            ] {
                let answer = try await client.get(path)
                #expect(answer.status == 400, "\(path) \(answer.text)")
                #expect(answer.text.contains(words), "\(path): \(answer.text)")
            }
            for path in [
                "/v1/tasks?after=a_b_c", "/v1/campaigns?after=%00", "/v1/ledger/entries?after=!&limit=1",
            ] {
                let answer = try await client.get(path)
                #expect((400..<500).contains(answer.status), "\(path) \(answer.status) \(answer.text)")
            }
            let usage = try await client.get("/v1/usage?by=colour")
            #expect((400..<500).contains(usage.status), "\(usage.text)")
            await client.close()
        }
    }

    @Test func campaignsWithFaultsAreToldAllOfThem() async throws {
        try await GatewayFixture.use { fixture in
            let client = try await fixture.client(.submitter)
            let text =
                #"{"key":"k","campaign":{"name":"c","activity":"evaluation","tasks":[{"name":"a","kind":"sing"}]}}"#
            let answer = try await client.send("POST", "/v1/campaigns", text: text)
            #expect(answer.status == 422, "\(answer.text)")
            guard case .array(let faults) = answer.json["faults"] ?? .null else {
                Issue.record("no faults: \(answer.text)")
                return
            }
            #expect(faults.contains { $0["path"]?.text?.contains("kind") == true }, "\(answer.text)")
            let keyless = try await client.send("POST", "/v1/campaigns", text: #"{"key":"","campaign":{}}"#)
            #expect(keyless.status == 400)
            await client.close()
        }
    }

    @Test func headersAreBounded() async throws {
        try await GatewayFixture.use { fixture in
            let client = try await fixture.client(nil)
            let long = String(repeating: "x", count: 64 << 10)
            // The connection is answered with 400 or closed; either way the next one works.
            _ = try? await client.send("GET", "/healthz", headers: [("X-Long", long)])
            #expect(try await client.get("/healthz").status == 200)
            await client.close()
        }
    }
}
