import Coordination
import Federation
import Postgres
import Seal
import Store
import TestKit
import Testing

@Suite struct ReadingTests {
    @Test func listsArePagedFilteredAndBoundToThePartner() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(7)
            let coordinator = sample.coordinator
            var seen: [TaskID] = []
            var cursor: String?
            repeat {
                let page = try await coordinator.tasks(
                    filter: TaskFilter(), after: cursor, limit: 3, by: SampleCoordinator.submitter)
                seen += page.items.map(\.id)
                cursor = page.next
            } while cursor != nil
            #expect(seen.map(\.index) == [6, 5, 4, 3, 2, 1, 0])
            var filter = TaskFilter()
            filter.language = "mt"
            #expect(
                try await coordinator.tasks(
                    filter: filter, after: nil, limit: 9, by: SampleCoordinator.auditor
                )
                .items.count == 4)
            filter.state = .completed
            #expect(
                try await coordinator.tasks(
                    filter: filter, after: nil, limit: 9, by: SampleCoordinator.auditor
                )
                .items.isEmpty)
            #expect(
                try await coordinator.tasks(
                    filter: TaskFilter(), after: nil, limit: 9, by: SampleCoordinator.other
                )
                .items.isEmpty)
            await #expect(throws: CoordinationError.self) {
                try await coordinator.tasks(
                    filter: TaskFilter(), after: "x?", limit: 9, by: SampleCoordinator.submitter)
            }
            #expect(
                try await coordinator.campaigns(after: nil, limit: 5, by: SampleCoordinator.other).items
                    .isEmpty)
            #expect(
                try await coordinator.campaigns(after: nil, limit: 5, by: SampleCoordinator.auditor).items
                    .count == 1)
        }
    }

    @Test func aTasksDetailTellsItsStory() async throws {
        try await SampleCoordinator.use { sample in
            let submitted = try await sample.submit(1)
            let id = TaskID(submission: SubmissionID(submitted.campaign.id.rawValue), index: 0)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            try await sample.run(&agent, outcome: .failed(.nonZeroExit))
            let detail = try await sample.coordinator.task(id, by: SampleCoordinator.submitter)
            #expect(detail.attempts.count == 1)
            #expect(detail.attempts[0].state == .settled)
            #expect(detail.attempts[0].charged == Amount(thousandths: Amount.perUnit / 2))
            #expect(detail.task.state == .ready)
            #expect(detail.task.remark == "tried again after nonZeroExit: its program failed")
            let hidden = await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.task(id, by: SampleCoordinator.other)
            }
            #expect(hidden?.code == .notFound)
        }
    }

    @Test func usageSumsByWhatIsAsked() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(4)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            try await sample.run(&agent)
            let by = SampleCoordinator.auditor
            let usage = try await sample.coordinator.usage(
                dimensions: ["site", "language"], from: .distantPast, until: .distantFuture, by: by)
            #expect(
                usage.map(\.by) == [
                    ["site": "alpha", "language": "mt"], ["site": "alpha", "language": "nb"],
                ])
            #expect(usage.map(\.charged) == [Amount(units: 1), Amount(units: 1)])
            #expect(usage.map(\.coreSeconds) == [3600, 3600])
            let all = try await sample.coordinator.usage(
                dimensions: [], from: .distantPast, until: .distantFuture, by: by)
            #expect(all.map(\.charged) == [Amount(units: 2)])
            for dimension in UsageStore.dimensions {
                #expect(
                    try await sample.coordinator.usage(
                        dimensions: [dimension], from: .distantPast, until: .distantFuture, by: by
                    ).count >= 1)
            }
            let none = try await sample.coordinator.usage(
                dimensions: ["site"], from: .distantPast, until: .distantFuture, by: SampleCoordinator.other)
            #expect(none.isEmpty)
        }
    }

    @Test func theProgrammeAndSitesAreThere() async throws {
        try await SampleCoordinator.use { sample in
            let programme = try await sample.coordinator.programme(by: SampleCoordinator.manager)
            #expect(programme.partners.map(\.compute) == ["allow", "allow"])
            #expect(programme.budgets.count == 3)
            #expect(try await sample.coordinator.programme(by: SampleCoordinator.other).budgets.count == 1)
            let sites = try await sample.coordinator.sites(by: SampleCoordinator.submitter)
            #expect(sites.map(\.id) == ["alpha", "beta"])
            #expect(sites[0].agents.map(\.state) == ["neverSeen"])
            #expect(sites[0].balance.granted == Amount(units: 5000))
            let entries = try await sample.coordinator.entries(
                filter: EntryFilter(), after: nil, limit: 10, by: SampleCoordinator.auditor)
            #expect(entries.items.count == 3)
            var filter = EntryFilter()
            filter.month = "2027-01"
            let january = try await sample.coordinator.entries(
                filter: filter, after: nil, limit: 10, by: SampleCoordinator.auditor)
            #expect(january.items.count == 3)
        }
    }

    @Test func tokensCodesAndEnrolmentsWorkOnce() async throws {
        try await SampleCoordinator.use { sample in
            let coordinator = sample.coordinator
            let token = try await coordinator.createToken(
                member: SampleBook.submitter, label: "laptop", expires: nil, by: SampleCoordinator.submitter)
            #expect(try await coordinator.principal(token: token) == SampleCoordinator.submitter)
            #expect(try await coordinator.principal(token: token + "x") == nil)
            try await coordinator.revokeToken(
                handle: String(token.prefix(14)), by: SampleCoordinator.submitter)
            #expect(try await coordinator.principal(token: token) == nil)
            let code = try await coordinator.loginLink(
                member: SampleBook.submitter, by: SampleCoordinator.submitter)
            let session = try #require(try await coordinator.exchangeLogin(code: code))
            #expect(try await coordinator.exchangeLogin(code: code) == nil)
            sample.clock.advance(seconds: 43_201)
            #expect(try await coordinator.principal(token: session) == nil)

            let enrolment = try await coordinator.enrolmentToken(
                agent: "gamma", site: SampleBook.site, by: SampleCoordinator.manager)
            #expect(try await coordinator.enrolled(by: enrolment).agent == "gamma")
            let until = sample.clock.now.adding(seconds: 86_400)
            let enrolled = try await coordinator.redeem(
                enrolmentToken: enrolment, runRoot: "root", ed25519: "key", spkiSHA256: "hash", serial: "1",
                until: until)
            #expect(enrolled == ("gamma", SampleBook.site))
            #expect(try await coordinator.agent(spkiSHA256: "hash")?.agent == "gamma")
            let again = await #expect(throws: CoordinationError.self) {
                try await coordinator.redeem(
                    enrolmentToken: enrolment, runRoot: "root", ed25519: "key", spkiSHA256: "h2", serial: "2",
                    until: until)
            }
            #expect(again?.code == .gone)
            try await coordinator.revoke(agent: "gamma", by: SampleCoordinator.manager)
            #expect(try await coordinator.agent(spkiSHA256: "hash") == nil)
        }
    }

    @Test func theDepotTakesOnlyWhatTheNameSays() async throws {
        try await SampleCoordinator.use { sample in
            let bytes = Array("hello".utf8)
            let hash = try SHA256.hash(bytes).hex
            #expect(try await sample.coordinator.missingChunks([hash]) == [hash])
            try await sample.coordinator.storeChunk(
                sha256: hash, bytes: Blocks(blocks: [Array("hel".utf8), Array("lo".utf8)]))
            #expect(try await sample.coordinator.missingChunks([hash]) == [])
            #expect(try await sample.coordinator.openChunk(sha256: hash)?.bytes == 5)
            let other = String(repeating: "0", count: 64)
            let wrong = await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.storeChunk(sha256: other, bytes: Blocks(blocks: [bytes]))
            }
            #expect(wrong?.code == .invalid)
            #expect(try await sample.coordinator.openChunk(sha256: other) == nil)
            let large = [UInt8](repeating: 1, count: 2 << 20)
            let full = await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.storeChunk(
                    sha256: try SHA256.hash(large).hex, bytes: Blocks(blocks: [large]))
            }
            #expect(full?.code == .tooLarge)
            await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.openChunk(sha256: "../../etc/passwd")
            }
        }
    }
}

/// Bytes as a request's body brings them.
private struct Blocks: AsyncSequence, Sendable {
    var blocks: [[UInt8]]

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        mutating func next() async throws -> [UInt8]? { rest.popFirst() }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: blocks[...]) }
}
