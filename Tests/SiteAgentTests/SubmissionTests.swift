import Federation
import Glibc
import Logging
import Synchronization
import Testing

@testable import SiteAgent

/// Several submissions at a time: what they share is the journal's commits, and nothing else.
@Suite struct SubmissionTests {
    /// A batch system that takes its time, and gives some packs no answer.
    private final class SlowLauncher: Launcher {
        /// What a test sees of it.
        final class Seen: Sendable {
            let underWay = Mutex<(now: Int, most: Int, all: Int)>((0, 0, 0))
            let jobs = Mutex<[PackID: String]>([:])
        }

        var kind: String { "slow" }
        private let seen: Seen
        /// The submissions, counted from one, that get no answer.
        private let doubtful: Set<Int>

        init(_ seen: Seen, doubtful: Set<Int> = []) {
            self.seen = seen
            self.doubtful = doubtful
        }

        func fault(of offer: Offer) -> String? { nil }
        func capacity(openPacks: Int) async -> [PartitionCapacity] {
            [PartitionCapacity(partition: PartitionID("local"), freeJobs: 1000 - openPacks)]
        }
        func admit(_ waiting: [(pack: PackID, offer: Offer)]) async -> [PackID: Admission] {
            Dictionary(waiting.map { ($0.pack, .now) }, uniquingKeysWith: { first, _ in first })
        }
        func submit(_ request: JobRequest) async -> SubmissionAnswer {
            let number = seen.underWay.withLock { seen in
                seen = (seen.now + 1, max(seen.most, seen.now + 1), seen.all + 1)
                return seen.all
            }
            try? await Task.sleep(for: .milliseconds(60))
            seen.underWay.withLock { $0.now -= 1 }
            if doubtful.contains(number) { return .doubtful("no answer") }
            seen.jobs.withLock { $0[request.offer.pack] = String(number) }
            return .submitted(job: String(number))
        }
        func queue() async -> QueueReading? {
            var reading = QueueReading()
            for (pack, job) in seen.jobs.withLock({ $0 }) { reading.packs[pack] = .init(ids: [job]) }
            return reading
        }
        func rows(of packs: [PackInQuestion]) async -> [PackID: [JobRow]]? {
            Dictionary(packs.map { ($0.pack, []) }, uniquingKeysWith: { first, _ in first })
        }
        func cancel(_ pack: PackID) async {}
    }

    private func driver(
        _ site: TestSite, _ coordinator: TestCoordinator, _ launcher: sending SlowLauncher,
        step: @escaping @Sendable (DriverStep) throws -> Void
    ) throws -> SiteDriver {
        var log = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .critical
        let parts = try AgentParts(
            identity: site.identity, folder: site.folder, configuration: site.configuration,
            link: TestLink(coordinator: coordinator), program: "test", beside: "/nowhere")
        return SiteDriver(
            parts: parts, journal: try journal(site), launcher: launcher, mode: .once, log: log, step: step)
    }

    private func journal(_ site: TestSite) throws -> PersistentJournal {
        let store = try JournalStore(
            path: site.folder.journalPath, agent: site.identity.agent, instance: site.identity.instance)
        return try PersistentJournal(
            store: store, identity: site.identity, freshJournal: JournalID(RandomName.make()), mode: .once,
            settings: Federation.AgentSettings())
    }

    /// Counts how often a step was come to, and may throw there.
    private final class Steps: Sendable {
        let counts = Mutex<[DriverStep: Int]>([:])
        func count(_ step: DriverStep) -> Int {
            counts.withLock { counts in
                counts[step, default: 0] += 1
                return counts[step] ?? 0
            }
        }
        subscript(_ step: DriverStep) -> Int { counts.withLock { $0[step] ?? 0 } }
    }

    @Test func severalAreUnderWayAndShareCommits() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let count = 30
        var tasks: [TaskID] = []
        for _ in 0..<count { tasks.append(await coordinator.submit("true")) }
        let seen = SlowLauncher.Seen()
        let steps = Steps()
        try await driver(site, coordinator, SlowLauncher(seen)) { _ = steps.count($0) }.runOnce()
        let (now, most, all) = seen.underWay.withLock { $0 }
        #expect(now == 0 && all == count)
        #expect((4...site.configuration.submissionsAtOnce).contains(most), "\(most) at a time")
        #expect(steps[.folderMade] == count)
        #expect(steps[.intended] <= count / 2, "\(steps[.intended]) commits for \(count) intents")
        for task in tasks {
            let attempt = try #require(await coordinator.attempts(task).first)
            #expect(attempt.state == .submitted)
        }
    }

    /// The others get their jobs; the one is looked for, and is lost once it is found nowhere.
    @Test func oneWithoutAnAnswerLeavesTheOthersAlone() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        var tasks: [TaskID] = []
        for _ in 0..<12 { tasks.append(await coordinator.submit("true")) }
        let seen = SlowLauncher.Seen()
        for _ in 0..<20 {
            try await driver(site, coordinator, SlowLauncher(seen, doubtful: [3])) { _ in }.runOnce()
            if await coordinator.book.attempts.values.contains(where: { $0.end != nil }) { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(seen.underWay.withLock { $0.all } == 12, "nothing is submitted twice")
        var states: [AttemptState: Int] = [:]
        for task in tasks {
            let attempt = try #require(await coordinator.attempts(task).first)
            states[attempt.state, default: 0] += 1
            if attempt.state != .submitted { #expect(attempt.end?.outcome == .failed(.lost)) }
        }
        #expect(states[.submitted] == 11)
    }

    /// A kill while some have their folder and some have their job: whatever has a folder is in the journal.
    @Test func everyFolderHasItsIntent() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        for _ in 0..<20 { _ = await coordinator.submit("true") }
        let steps = Steps()
        struct Killed: Error {}
        let agent = try driver(site, coordinator, SlowLauncher(.init())) { step in
            if steps.count(step) >= 5, step == .started { throw Killed() }
        }
        await #expect(throws: Killed.self) { try await agent.runOnce() }
        let folders = await agent.parts.runRoot.folders()
        #expect(folders.count >= 5 && folders.count < 20)
        let standing = try journal(site)
        defer { standing.close() }
        let begun: Set<AttemptState> = [.submitting, .submitted]
        for (pack, _) in folders {
            let entry = try #require(standing.rules.packs[pack])
            #expect(begun.contains(entry.state))
            #expect(entry.state == .submitted || entry.inDoubt, "looked for before anything else")
        }
    }
}
