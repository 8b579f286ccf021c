import Coordination
import Federation
import NIOHTTP1
import Postgres
import Store
import TestKit
import Testing
import Wire

@testable import Gateway

/// The pages, before a new book and before one in which work was done.
@Suite struct PageTests {
    static let paths = ["/", "/campaigns", "/sites", "/sites/alpha", "/audit"]

    @Test func aFullBooksPagesShowItsFigures() async throws {
        try await GatewayFixture.use { fixture in
            let campaign = try await fullBook(fixture)
            let manager = try await fixture.client(.manager)
            let programme = try await page(manager, "/")
            for words in [
                "Sample", "Charles University", "Burn-down", "core-hours",
                "4 000.000".replacing(" ", with: "\u{202F}"), "mt",
            ] {
                #expect(programme.contains(words), "\(words)")
            }
            let detail = try await page(manager, "/campaigns/\(campaign.campaign)")
            for words in ["Bits per byte", "3.250", "1.875", "1.900", "xz", "evaluate-0"] {
                #expect(detail.contains(words), "\(words)")
            }
            let audit = try await page(manager, "/audit")
            #expect(
                audit.contains("the book balances") && audit.contains("settle")
                    && audit.contains("openssl pkeyutl"))
            let site = try await page(manager, "/sites/alpha")
            #expect(site.contains("alpha-agent") && site.contains("Tariffs"))
            let task = TaskID(submission: SubmissionID(campaign.campaign.rawValue), index: 0)
            let sheet = try await page(manager, "/tasks/\(task)")
            for words in [
                "completed", "settled:", "submitted by submitter", "Usage and charges",
                "the site&#39;s record",
                "core-hours", "alpha-cuni",
                "3.2500",
                "/tasks/\(task)/log?fence=",
            ] { #expect(sheet.contains(words), "\(words)") }
            #expect(try await page(manager, "/tasks/\(task)/log?wait=0").contains("has not answered yet"))
            #expect(try await manager.get("/tasks/\(task)/log?wait=0&fence=1.9").status == 404)
            for path in ["/campaigns", "/sites", "/login"] { _ = try await page(manager, path) }
            await manager.close()
        }
    }

    @Test func namesThatTryToBeMarkupStayNames() async throws {
        try await GatewayFixture.use { fixture in
            let evil = "<script>alert(1)</script>\"'&\u{0338}"
            try await fixture.sample.pool.execute("UPDATE partner SET name = \(evil)")
            try await fixture.sample.pool.execute("UPDATE programme SET name = \(evil)")
            try await fixture.sample.pool.execute("UPDATE site SET name = \(evil)")
            let manager = try await fixture.client(.manager)
            for path in Self.paths { _ = try await page(manager, path) }
            #expect(try await page(manager, "/").contains("&lt;script&gt;alert(1)"))
            await manager.close()
        }
    }

    @Test func aNewBooksPagesSayWhatIsMissing() async throws {
        let database = try await TemporaryPostgres.shared.database(template: "new") { settings in
            let pool = Pool(settings: settings, size: 1)
            try await Migrator(pool: pool).migrate()
            _ = try await InstanceStore(pool: pool).make(id: "newbook", now: SampleBook.start)
            try await FirstMember(pool: pool).make(
                MemberView(
                    id: SampleBook.manager, partner: SampleBook.partner, roles: [.manager], sites: [],
                    name: nil, mail: nil,
                    active: true), partnerName: "First", country: "CZ", now: SampleBook.start)
            await pool.close()
        }
        let sample = SampleBook(database: database, pool: database.pool(size: 4))
        try await GatewayFixture.run(sample) { fixture in
            let manager = try await fixture.client(.manager)
            #expect(try await page(manager, "/").contains("No programme yet"))
            #expect(try await page(manager, "/campaigns").contains("Nothing was submitted yet"))
            #expect(try await page(manager, "/sites").contains("No site was applied yet"))
            #expect(try await page(manager, "/audit").contains("No block was sealed yet"))
            await manager.close()
        }
        await sample.remove()
    }

    @Test func aLinkSignsInOnceAndTheSessionOpensPagesAlone() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            let link: LoginLinkAnswer = try await manager.send("POST", "/v1/login-links", LoginLinkRequest())
                .value()
            #expect(link.url.hasPrefix("https://hansa.test/login/"))
            let path = String(link.url.dropFirst("https://hansa.test".count))
            let browser = try await fixture.client(nil)
            let first = try await browser.get(path)
            #expect(first.status == 303)
            #expect(first.headers.first(name: "Location") == "/")
            let cookie = try #require(first.headers.first(name: "Set-Cookie"))
            for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                #expect(cookie.contains(attribute))
            }
            let again = try await browser.get(path)
            #expect(again.status == 410)
            #expect(again.text.contains("used before"))
            let session = [("Cookie", "theme=dark; " + cookie.prefix { $0 != ";" })]
            let home = try await browser.send("GET", "/", headers: session)
            #expect(home.status == 200)
            #expect(home.text.contains("manager · cuni"))
            // A form of somebody else's cannot make the browser change anything with it.
            #expect(try await browser.send("GET", "/v1/me", headers: session).status == 401)
            let anonymous = try await browser.get("/")
            #expect(anonymous.status == 401)
            #expect(anonymous.text.contains("hansa admin link"))
            #expect(home.text.contains("action=\"/logout\""))
            let left = try await browser.send("POST", "/logout", headers: session)
            #expect(left.status == 303)
            #expect(left.headers.first(name: "Set-Cookie")?.contains("Max-Age=0") == true)
            // Whoever kept the cookie has nothing in it.
            #expect(try await browser.send("GET", "/", headers: session).status == 401)
            await browser.close()
            await manager.close()
        }
    }

    @Test func pagesRunNothingAndLoadNothingFromElsewhere() async throws {
        try await GatewayFixture.use { fixture in
            let manager = try await fixture.client(.manager)
            for path in Self.paths + ["/login", "/nothing-here"] {
                let answer = try await manager.get(path)
                let policy = try #require(answer.headers.first(name: "Content-Security-Policy"))
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                #expect(answer.headers.first(name: "Cache-Control") == "no-store")
                for source in ["http://", "https://", "<script", "style=\""] {
                    #expect(!answer.text.contains(source), "\(path) \(source)")
                }
                #expect(MarkupCheck.faults(in: answer.text) == [], "\(path)")
            }
            #expect(try await manager.get("/style.css").text.contains("prefers-color-scheme: dark"))
            await manager.close()
        }
    }

    private func page(_ client: RawClient, _ path: String) async throws -> String {
        let answer = try await client.get(path)
        #expect(answer.status == 200, "\(path) \(answer.text.prefix(300))")
        #expect(MarkupCheck.faults(in: answer.text) == [], "\(path)")
        return answer.text
    }

    /// Three evaluations of one language were run to their end, with scores.
    private func fullBook(_ fixture: GatewayFixture) async throws -> Entered {
        let sample = fixture.sample
        let entered = try await sample.submit(SampleBook.specs(3), key: "full")
        _ = try await sample.claim(try await sample.proposals())
        var agent = SampleAgent()
        _ = try await agent.exchange(sample, .hello)
        let done = try await agent.run(sample)
        #expect(done.count == 3)
        let scores = [("untrained", 3.25), ("trained", 1.875), ("int8", 1.9)]
        for (index, (variant, bpb)) in scores.enumerated() {
            let result =
                "{\"language\": \"mt\", \"variant\": \"\(variant)\", \"bpb\": \(bpb), \"xz_bpb\": 2.125}"
            try await sample.pool.execute(
                """
                UPDATE attempt SET finish = jsonb_set(finish, '{result}', \(result)::text::jsonb)
                WHERE task = (SELECT id FROM task WHERE name = \("evaluate-\(index)"))
                """)
        }
        try await fixture.coordinator.proposer.tick()
        _ = try await fixture.coordinator.sealer.tick(now: fixture.clock.now)
        return entered
    }
}
