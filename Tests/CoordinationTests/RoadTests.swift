import Coordination
import Federation
import Postgres
import Store
import TestKit
import Testing

@Suite struct RoadTests {
    @Test func aCampaignRunsToItsEnd() async throws {
        try await SampleCoordinator.use { sample in
            let submitted = try await sample.submit(6)
            #expect(submitted.tasks == 6)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            #expect(try await sample.place() == 6)
            try await sample.run(&agent)
            let campaign = try await sample.coordinator.campaign(
                submitted.campaign.id, by: SampleCoordinator.submitter)
            #expect(campaign.tasks == ["completed": 6])
            #expect(campaign.endedAt == sample.clock.now)
            let check = try await sample.coordinator.checkLedger()
            #expect(check.faults == [])
            #expect(check.sites["alpha"]?.spent == Amount(units: 3))
            #expect(check.sites["alpha"]?.held == .zero)
        }
    }

    @Test func packableTasksShareAJob() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(8, packable: true)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            #expect(try await sample.place() == 8)
            let offers = try await sample.exchange(&agent).offers
            #expect(offers.count < 8)
            #expect(offers.flatMap(\.members).count == 8)
            #expect(offers.allSatisfy { $0.account == "project_alpha" })
            try await sample.run(&agent)
            #expect(try await sample.coordinator.checkLedger().faults == [])
        }
    }

    /// The job of the others may run for the whole pack's walltime, so a member taken back keeps its share of the hold.
    @Test func aMemberTakenBackKeepsItsShareWhileItsPackGoesOn() async throws {
        try await SampleCoordinator.use { sample in
            try await sample.submit(8, packable: true)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            try await sample.place()
            let offers = try await sample.exchange(&agent).offers
            let shared = try #require(offers.first { $0.members.count > 1 })
            let held = try await sample.coordinator.checkLedger().sites["alpha"]?.held
            try await sample.coordinator.cancel(
                task: shared.members[0].attempt.task, by: SampleCoordinator.submitter)
            let check = try await sample.coordinator.checkLedger()
            #expect(check.sites["alpha"]?.held == held)
            #expect(check.faults == [])
            for member in shared.members.dropFirst() {
                try await sample.coordinator.cancel(
                    task: member.attempt.task, by: SampleCoordinator.submitter)
            }
            let after = try await sample.coordinator.checkLedger()
            #expect(after.sites["alpha"].map { $0.held < (held ?? .zero) } == true)
            #expect(after.faults == [])
        }
    }

    @Test func theSameSubmissionAgainIsARepeatAndAnotherBodyAConflict() async throws {
        try await SampleCoordinator.use { sample in
            let first = try await sample.submit(2)
            let second = try await sample.submit(2)
            #expect(second.isRepeat)
            #expect(second.campaign.id == first.campaign.id)
            let error = await #expect(throws: CoordinationError.self) { try await sample.submit(3) }
            #expect(error?.code == .conflict)
        }
    }

    @Test func faultsOfADocumentHaveTheirPlaces() async throws {
        try await SampleCoordinator.use { sample in
            let document = JSONValue.object([
                "name": .string("x"),
                "tasks": .array([
                    .object([
                        "name": .string("a"), "kind": .string("evaluation"),
                        "activity": .string("evaluatoin"),
                        "program": .string("true"), "resources": .object(["walltime": .string("1h")]),
                    ])
                ]),
            ])
            let error = await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.submit(
                    key: "k", document: document, by: SampleCoordinator.submitter)
            }
            #expect(error?.code == .invalid)
            #expect(error?.faults.first?.path == "tasks[0].activity")
            #expect(error?.faults.first?.suggestion?.contains("evaluation") == true)
        }
    }

    @Test func anIneligiblePartnerIsRefusedUntilAManagerDecides() async throws {
        try await SampleCoordinator.use { sample in
            var rows = SampleBook.programme().eligibility
            rows.append(
                EligibilityRow(
                    subject: .partner(SampleBook.partner), matter: .compute, verdict: .ask,
                    from: Instant(seconds: 1_790_000_000), source: "test"))
            var programme = SampleBook.programme()
            programme.eligibility = rows
            _ = try await ProgrammeStore(pool: sample.sample.pool).apply(
                programme, by: SampleBook.manager, now: sample.clock.now)
            let error = await #expect(throws: CoordinationError.self) { try await sample.submit(1) }
            #expect(error?.code == .refused)
            try await sample.coordinator.decide(
                partner: SampleBook.partner, what: "compute", verdict: "allow", reason: "the board agreed",
                by: SampleCoordinator.manager)
            #expect(try await sample.submit(1).tasks == 1)
        }
    }

    @Test func quotesAndReasonsAreThePlacementItself() async throws {
        try await SampleCoordinator.use { sample in
            let quote = try await sample.coordinator.quote(
                document: SampleCoordinator.campaign(5), by: SampleCoordinator.submitter)
            #expect(quote.count == 1)
            #expect(quote[0].tasks == 5)
            #expect(quote[0].placement.choice == nil)  // no agent has reported yet
            let submitted = try await sample.submit(1)
            let task = TaskID(submission: SubmissionID(submitted.campaign.id.rawValue), index: 0)
            var why = try await sample.coordinator.why(task: task, by: SampleCoordinator.submitter)
            #expect(why.perSite.first { $0.site == SampleBook.site }?.words.isEmpty == false)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            why = try await sample.coordinator.why(task: task, by: SampleCoordinator.submitter)
            #expect(why.choice?.agent == SampleBook.agent)
            let hidden = await #expect(throws: CoordinationError.self) {
                try await sample.coordinator.why(task: task, by: SampleCoordinator.other)
            }
            #expect(hidden?.code == .notFound)
        }
    }

    @Test func anArtifactOfOneCampaignIsReadByAnother() async throws {
        try await SampleCoordinator.use { sample in
            let make = JSONValue.object([
                "name": .string("data"),
                "tasks": .array([
                    .object([
                        "name": .string("make"), "kind": .string("data"), "activity": .string("evaluation"),
                        "program": .string("true"), "resources": .object(["walltime": .string("1h")]),
                        "outputs": .object(["set": .object([:])]),
                    ])
                ]),
            ])
            let read = JSONValue.object([
                "name": .string("scores"),
                "tasks": .array([
                    .object([
                        "name": .string("score"), "kind": .string("evaluation"),
                        "activity": .string("evaluation"),
                        "program": .string("true"), "resources": .object(["walltime": .string("1h")]),
                        "inputs": .object(["in": .string("data/set")]),
                    ])
                ]),
            ])
            let by = SampleCoordinator.submitter
            let first = try await sample.coordinator.submit(key: "make", document: make, by: by)
            _ = try await sample.coordinator.submit(key: "read", document: read, by: by)
            var agent = SampleAgent()
            try await sample.exchange(&agent, .hello)
            try await sample.exchange(&agent)
            #expect(try await sample.place() == 1)
            let offer = try await sample.exchange(&agent).offers[0]
            let member = offer.members[0]
            agent.note(.accepted(pack: offer.pack))
            agent.list(member, of: offer, .accepted)
            try await sample.exchange(&agent)
            agent.list(member, of: offer, .started)
            agent.note(.submitted(pack: offer.pack, job: "1"))
            let hash = String(repeating: "a", count: 64)
            let manifest = Manifest(files: [
                .init(path: "x", bytes: 3, sha256: hash, chunks: [.init(sha256: hash, bytes: 3)])
            ])
            let end = AttemptEnd(
                outcome: .completed, exit: 0, at: sample.clock.now,
                artifacts: [.init(name: "set", sha256: hash, manifest: manifest, staysAtSite: false)])
            agent.note(.ended(attempt: member.attempt, end: end))
            try await sample.exchange(&agent)
            let artifacts = try await sample.coordinator.artifacts(campaign: first.campaign.id, by: by)
            #expect(artifacts.map(\.name) == ["set"])
            #expect(artifacts[0].places == ["alpha"])
            #expect(try await sample.coordinator.manifest(artifact: hash, by: by) == manifest)
            #expect(try await sample.place() == 1)
            let second = try await sample.exchange(&agent).offers.first { $0.pack != offer.pack }
            #expect(second?.members[0].inputs == [StagedInput(name: "in", sha256: hash, manifest: manifest)])
        }
    }
}
