import Coordination
import Federation
import Store
import TestKit
import Testing

/// Sites that are closed for good.
@Suite struct RetirementTests {
    @Test func aClosedSiteGetsNothingNewAndStaysClosed() async throws {
        try await SampleCoordinator.use { sample in
            let coordinator = sample.coordinator
            let by = SampleCoordinator.manager
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            await #expect(throws: CoordinationError.self) {
                try await coordinator.retire(
                    site: SampleBook.site, reason: "over", waived: false, by: SampleCoordinator.submitter)
            }
            let words = try await coordinator.retire(
                site: SampleBook.site, reason: "its time is over", waived: false, by: by)
            #expect(words.count == 1)
            #expect(
                try await coordinator.retire(site: SampleBook.site, reason: "again", waived: false, by: by)
                    == [])
            let submitted = try await sample.submit(1)
            #expect(try await sample.place() == 0)
            let task = TaskID(submission: SubmissionID(submitted.campaign.id.rawValue), index: 0)
            let verdict = try await coordinator.why(task: task, by: by).perSite.first {
                $0.site == SampleBook.site
            }
            #expect(
                verdict?.words.contains("alpha was closed on 2027-01-15") == true, "\(verdict?.words ?? [])")
            let refusal = await #expect(throws: CoordinationError.self) {
                try await coordinator.drain(agent: SampleBook.agent, false, by: by)
            }
            #expect(refusal?.code == .conflict)
            // A tariff may be put right; that opens nothing.
            var document = SampleBook.document(site: "alpha")
            document.prices.tariffs[0].source = "put right"
            _ = try await SiteStore(pool: sample.sample.pool).apply(
                document, by: SampleBook.manager, now: sample.clock.now)
            #expect(try await coordinator.site(SampleBook.site, by: by).retired == SampleBook.start)
            #expect(try await sample.place() == 0)
        }
    }

    @Test func whatIsUnsettledNeedsAWaiverAndIsBookedByTheRecord() async throws {
        try await SampleCoordinator.use { sample in
            let coordinator = sample.coordinator
            let by = SampleCoordinator.manager
            try await sample.submit(2)
            let keys = try await started(sample)
            let refusal = await #expect(throws: CoordinationError.self) {
                try await coordinator.retire(site: SampleBook.site, reason: "gone", waived: false, by: by)
            }
            #expect(refusal?.code == .conflict && refusal?.message.contains("2 attempts") == true)
            let record = Self.record(keys[0], seconds: 1800)
            let open = await #expect(throws: CoordinationError.self) {
                try await coordinator.importRecord(record, of: SampleBook.site, by: by)
            }
            #expect(open?.message.contains("is not closed") == true)
            let words = try await coordinator.retire(
                site: SampleBook.site, reason: "gone", waived: true, by: by)
            #expect(words.count == 2)

            let wrong = await #expect(throws: CoordinationError.self) {
                try await coordinator.importRecord(
                    Self.record(keys[0], seconds: 1800, also: "nobody-0.1.1"), of: SampleBook.site, by: by)
            }
            #expect(wrong?.message.contains("no attempt nobody-0.1.1") == true)
            #expect(try await detail(sample, keys[0]).state == .started, "everything or nothing")
            await #expect(throws: CoordinationError.self) {
                try await coordinator.importRecord(record, of: "beta", by: by)
            }

            let booked = try await coordinator.importRecord(record, of: SampleBook.site, by: by)
            #expect(booked == ["\(keys[0]): 0.500 charged in all"])
            let attempt = try await detail(sample, keys[0])
            #expect(attempt.state == .settled && attempt.end?.outcome == .failed(.lost))
            #expect(attempt.charged == Amount(thousandths: Amount.perUnit / 2) && attempt.hold == .zero)
            #expect(try await detail(sample, keys[1]).state == .started)
            var filter = EntryFilter()
            filter.attempt = keys[0]
            let entry = try await coordinator.entries(filter: filter, after: nil, limit: 5, by: by).items.last
            #expect(entry?.reason == "by the record of a closed site: the centre's last report")
            #expect(entry?.by == SampleBook.manager)

            // The same again changes nothing; a better one adjusts.
            _ = try await coordinator.importRecord(record, of: SampleBook.site, by: by)
            _ = try await coordinator.importRecord(
                Self.record(keys[0], seconds: 900), of: SampleBook.site, by: by)
            #expect(try await detail(sample, keys[0]).charged == Amount(thousandths: Amount.perUnit / 4))
            // The other never comes back and is on no record: given up before its time is over.
            try await coordinator.writeOff(attempt: keys[1], reason: "on no record", by: by)
            #expect(try await detail(sample, keys[1]).state == .settled)
            #expect(try await sample.sample.proof().faults == [])
        }
    }

    @Test func aRecordThatMakesNoSenseIsRefusedWithItsPlaces() throws {
        let value = JSONValue.object([
            "source": .string("x"),
            "record": .array([
                .object(["attempt": .string("nonsense"), "runs": .array([]), "nodes": .integer(0)]),
                .object(["attempts": .string("s-0.1.1")]),
            ]),
        ])
        do {
            _ = try FinalRecord.read(value)
            Issue.record("was read")
        } catch {
            let places = error.faults.map { PathStep.text($0.path) }
            #expect(places.contains("record[0].attempt") && places.contains("record[0].nodes"), "\(places)")
            #expect(places.contains("record[1].attempts"), "\(places)")
        }
    }

    /// Two attempts whose programs run.
    private func started(_ sample: SampleCoordinator) async throws -> [AttemptKey] {
        var agent = SampleAgent()
        try await sample.exchange(&agent, .hello)
        try await sample.exchange(&agent)
        try await sample.place()
        let offers = try await sample.exchange(&agent).offers
        for offer in offers {
            agent.note(.accepted(pack: offer.pack))
            for member in offer.members { agent.list(member, of: offer, .accepted) }
        }
        try await sample.exchange(&agent)
        for offer in offers {
            agent.note(.submitted(pack: offer.pack, job: "7"))
            for member in offer.members {
                agent.list(member, of: offer, .started)
                agent.note(.started(attempt: member.attempt, at: sample.clock.now))
            }
        }
        try await sample.exchange(&agent)
        return offers.flatMap { $0.members.map(\.attempt) }.sorted()
    }

    private func detail(_ sample: SampleCoordinator, _ key: AttemptKey) async throws -> AttemptView {
        let task = try await sample.coordinator.task(key.task, by: SampleCoordinator.manager)
        return try #require(task.attempts.first { $0.key == key })
    }

    private static func record(_ key: AttemptKey, seconds: Int64, also other: String? = nil) -> JSONValue {
        let rows = ([key.description] + (other.map { [$0] } ?? [])).map { name in
            JSONValue.object([
                "attempt": .string(name), "nodes": .integer(1), "coresPerNode": .integer(1),
                "memoryPerNode": .string("1GiB"),
                "runs": .array([
                    .object(["start": .string("2027-01-15T08:00:00Z"), "seconds": .integer(seconds)])
                ]),
            ])
        }
        return .object(["source": .string("the centre's last report"), "record": .array(rows)])
    }
}
