import Federation
import Glibc
import Logging
import Testing

@testable import SiteAgent

/// What one cycle costs that finds nothing new, with many jobs at the site: login nodes give ten CPU-minutes.
@Suite struct CycleCostTests {
    /// Stands for a batch system with room for everything: five hundred real jobs are more than a test host has.
    private final class RoomyLauncher: Launcher {
        var kind: String { "roomy" }
        private var running: [PackID: String] = [:]
        /// A file that gets a line for every question, with how many packs it asked for.
        private let notes: String

        init(running: [PackID: String] = [:], notes: String) {
            self.running = running
            self.notes = notes
        }

        func fault(of offer: Offer) -> String? { nil }
        func capacity(openPacks: Int) async -> [PartitionCapacity] {
            [PartitionCapacity(partition: PartitionID("local"), freeJobs: 1000 - openPacks)]
        }
        func admit(_ waiting: [(pack: PackID, offer: Offer)]) async -> [PackID: Admission] {
            Dictionary(waiting.map { ($0.pack, .now) }, uniquingKeysWith: { first, _ in first })
        }
        func submit(_ request: JobRequest) async -> SubmissionAnswer {
            let job = String(1000 + running.count)
            running[request.offer.pack] = job
            let marker = StartMarker(job: job, host: "n1", at: WallClock().now())
            _ = try? marker.take(in: request.folder.path)
            for member in request.offer.members {
                _ = try? marker.take(in: request.folder.member(member.attempt).path)
            }
            var heartbeat = try? Heartbeat(path: request.folder.heartbeatPath, everySeconds: 60)
            _ = heartbeat?.beatIfDue(WallClock())
            return .submitted(job: job)
        }
        func queue() async -> QueueReading? {
            let earlier = (try? DurableFile.read(notes)) ?? []
            try? DurableFile.write(earlier + Array("asked\n".utf8), to: notes)
            var reading = QueueReading()
            for (pack, job) in running { reading.packs[pack] = .init(ids: [job]) }
            return reading
        }
        func rows(of packs: [PackInQuestion]) async -> [PackID: [JobRow]]? { [:] }
        func cancel(_ pack: PackID) async {}
    }

    private func driver(_ site: TestSite, _ coordinator: TestCoordinator, _ launcher: sending RoomyLauncher)
        throws -> SiteDriver
    {
        var log = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .critical
        let parts = try AgentParts(
            identity: site.identity, folder: site.folder, configuration: site.configuration,
            link: TestLink(coordinator: coordinator), program: "test", beside: "/nowhere")
        let store = try JournalStore(
            path: site.folder.journalPath, agent: site.identity.agent, instance: site.identity.instance)
        let journal = try PersistentJournal(
            store: store, identity: site.identity, freshJournal: JournalID(RandomName.make()), mode: .once,
            settings: Federation.AgentSettings())
        return SiteDriver(parts: parts, journal: journal, launcher: launcher, mode: .once, log: log)
    }

    private static func cpu() -> Double {
        Double(FileStatus.microseconds(CLOCK_PROCESS_CPUTIME_ID)) / 1_000_000
    }

    /// The bound is for unoptimised code on a host that other tests share; it keeps out what grows with the square.
    @Test func anIdleCycleWithManyJobsIsCheap() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let coordinator = TestCoordinator([site.identity])
        let count = 100
        for _ in 0..<count { _ = await coordinator.submit("true") }
        try await driver(site, coordinator, RoomyLauncher(notes: "\(scratch.path)/first")).runOnce()
        var running: [PackID: String] = [:]
        for pack in Folder.entries(site.folder.runRootPath) where pack != "run-root.json" {
            running[PackID(pack)] = try RunFolder(path: "\(site.folder.runRootPath)/\(pack)").start()?.job
        }
        #expect(running.count == count)
        let began = Self.cpu()
        let again = try driver(
            site, coordinator, RoomyLauncher(running: running, notes: "\(scratch.path)/again"))
        let loaded = Self.cpu()
        try await again.runOnce()
        let ended = Self.cpu()
        print("idle cycle, \(count) jobs: load \(loaded - began) s, cycle \(ended - loaded) CPU-seconds")
        #expect(
            try SiteAgent.RunRoot.open(
                path: site.folder.runRootPath, agent: site.identity.agent, instance: TestPack.instance
            ).folders().count == count)
        let asked = String(decoding: try DurableFile.read("\(scratch.path)/again"), as: UTF8.self)
        #expect(
            (1...3).contains(asked.split(separator: "\n").count),
            "all packs are one question, and a cycle that finds nothing new asks no oftener")
        #expect(ended - began < 10)
    }
}
