import Coordination
import Federation
import Store
import TestKit
import Testing

/// A site's record read again on somebody's word, before a period is closed.
@Suite struct RereadingTests {
    @Test func whatDiffersIsAdjustedOnce() async throws {
        try await SampleCoordinator.use { sample in
            let coordinator = sample.coordinator
            let by = SampleCoordinator.manager
            var agent = SampleAgent()
            let keys = try await settled(sample, &agent, 3)
            #expect(try await sample.exchange(&agent).reRead == [])

            await #expect(throws: CoordinationError.self) {
                try await coordinator.reread(
                    site: SampleBook.site, from: nil, until: nil, by: SampleCoordinator.submitter)
            }
            let nowhere = await #expect(throws: CoordinationError.self) {
                try await coordinator.reread(site: "nowhere", from: nil, until: nil, by: by)
            }
            #expect(nowhere?.code == .notFound)
            let later = sample.clock.now.adding(seconds: 1)
            let empty = await #expect(throws: CoordinationError.self) {
                try await coordinator.reread(site: SampleBook.site, from: later, until: later, by: by)
            }
            #expect(empty?.code == .invalid)
            #expect(
                try await coordinator.reread(site: SampleBook.site, from: later, until: nil, by: by) == [])
            #expect(
                try await coordinator.reread(
                    site: SampleBook.site, from: nil, until: sample.clock.now.adding(seconds: -1), by: by)
                    == [])
            #expect(try await sample.exchange(&agent).reRead == [], "none of that asked for anything")

            let words = try await coordinator.reread(
                site: SampleBook.site, from: sample.clock.now.adding(seconds: -3600), until: later, by: by)
            #expect(
                words == [
                    "\(SampleBook.agent) reads the record of 3 attempts again; what differs is adjusted"
                ])
            #expect(try await sample.exchange(&agent).reRead.map(\.attempt) == keys)

            // One was longer than the first record said.
            let before = try await charged(sample, keys[0])
            for (key, seconds) in [(keys[0], 1200), (keys[1], 600)] as [(AttemptKey, Int64)] {
                let usage = SampleAgent.usage(seconds, from: sample.clock.now)
                let readAt = sample.clock.now.adding(seconds: 5)
                agent.note(
                    .adjusted(attempt: key, record: SiteRecord(usage: usage, isFinal: true, readAt: readAt)))
            }
            try await sample.exchange(&agent)
            #expect(try await charged(sample, keys[0]) == before + before)
            #expect(try await charged(sample, keys[1]) == before)
            for (key, kinds) in [(keys[0], [.settle, .adjust]), (keys[1], [.settle])]
                as [(AttemptKey, [LedgerEntry.Kind])]
            {
                var filter = EntryFilter()
                filter.attempt = key
                let entries = try await coordinator.entries(filter: filter, after: nil, limit: 9, by: by)
                    .items
                #expect(entries.map(\.kind) == kinds)
            }
            #expect(try await sample.sample.proof().faults == [])
        }
    }

    @Test func aClosedSitesRecordIsNotAskedFor() async throws {
        try await SampleCoordinator.use { sample in
            let by = SampleCoordinator.manager
            var agent = SampleAgent()
            _ = try await settled(sample, &agent, 1)
            _ = try await sample.coordinator.retire(
                site: SampleBook.site, reason: "over", waived: false, by: by)
            let refusal = await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.reread(site: SampleBook.site, from: nil, until: nil, by: by)
            }
            #expect(refusal?.code == .conflict)
        }
    }

    /// So many attempts that ran for ten minutes and are settled.
    private func settled(
        _ sample: SampleCoordinator, _ agent: inout SampleAgent, _ count: Int
    ) async throws -> [AttemptKey] {
        try await sample.exchange(&agent, .hello)
        try await sample.exchange(&agent)
        try await sample.submit(count)
        try await sample.place()
        let keys = try await agent.run(sample.sample, seconds: 600, now: sample.clock.now).sorted()
        #expect(keys.count == count)
        return keys
    }

    private func charged(_ sample: SampleCoordinator, _ key: AttemptKey) async throws -> Amount {
        let task = try await sample.coordinator.task(key.task, by: SampleCoordinator.manager)
        return try #require(task.attempts.first { $0.key == key }).charged
    }
}
