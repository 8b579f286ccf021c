import Federation
import NIOHTTP1
import TestKit
import Testing
import Wire

@testable import Gateway

/// A POST that arrives twice counts once.
@Suite struct IdempotencyTests {
    static let grant = GrantRequest(budget: "alpha-all", amount: "10", reason: "tranche")

    @Test func theSameKeyIsAnsweredWithTheFirstAnswer() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            let before = try await granted(manager)
            let header = [("Idempotency-Key", "grant-1")]
            let first = try await manager.send("POST", "/v1/grants", Self.grant, headers: header)
            let second = try await manager.send("POST", "/v1/grants", Self.grant, headers: header)
            #expect(first.status == 200 && second.status == 200)
            #expect(first.bytes == second.bytes)
            #expect(first.headers.first(name: "Idempotency-Replayed") == nil)
            #expect(second.headers.first(name: "Idempotency-Replayed") == "true")
            #expect(try await granted(manager) == before + Amount(units: 10))
            var other = Self.grant
            other.amount = "11"
            #expect(try await manager.send("POST", "/v1/grants", other, headers: header).status == 409)
            let path = try await manager.send(
                "POST", "/v1/transfers",
                TransferRequest(from: "alpha-cuni", to: "alpha-all", amount: "1", reason: "r"),
                headers: header)
            #expect(path.status == 409)
            #expect(try await granted(manager) == before + Amount(units: 10))
            await manager.close()
        }
    }

    @Test func eightAtOnceCountOnce() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            let before = try await granted(manager)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await manager.send(
                            "POST", "/v1/grants", Self.grant, headers: [("Idempotency-Key", "at-once")]
                        ).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await granted(manager) == before + Amount(units: 10))
            await manager.close()
        }
    }

    @Test func aRefusalIsNotRemembered() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            let header = [("Idempotency-Key", "retry")]
            let bad = try await manager.send(
                "POST", "/v1/grants", text: #"{"budget":"alpha-all","amount":"x","reason":"r"}"#,
                headers: header)
            #expect(bad.status == 422)
            #expect(try await manager.send("POST", "/v1/grants", Self.grant, headers: header).status == 200)
            let long = String(repeating: "k", count: 257)
            let refused = try await manager.send(
                "POST", "/v1/grants", Self.grant, headers: [("Idempotency-Key", long)])
            #expect(refused.status == 400)
            await manager.close()
        }
    }

    private func granted(_ client: RawClient) async throws -> Amount {
        let page: Page<BudgetView> = try await client.get("/v1/budgets").value()
        return try #require(page.items.first { $0.id == "alpha-all" }).balance.granted
    }
}
