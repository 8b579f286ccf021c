import Federation
import Glibc
import Testing
import Wire

@testable import SiteAgent

/// File systems that are really full: small ones of this test's own, which only root may mount, where a container
/// does not deny it. (As an ordinary user, and with the whole of Hansa: EndToEndTests.)
@Suite(
    .serialized,
    .enabled(if: getuid() == 0 && system("unshare --mount mount -t tmpfs none /mnt >/dev/null 2>&1") == 0)
) struct StorageTests {
    /// A small file system at a path.
    private struct SmallDisk {
        let path: String

        init(_ path: String, size: String) async throws {
            self.path = path
            try Folder.make(path)
            try #require(
                try await Command.run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "none", path]) == 0)
        }

        /// Takes all the room that is left; answers whether there was none afterwards.
        func fill() -> Bool {
            let file = open("\(path)/fill", O_WRONLY | O_CREAT, 0o600)
            defer { close(file) }
            let bytes = [UInt8](repeating: 0, count: 4096)
            while write(file, bytes, bytes.count) > 0 {}
            return errno == ENOSPC
        }

        func empty() { unlink("\(path)/fill") }
        func remove() async throws { #expect(try await Command.run("umount", ["-l", path]) == 0) }
    }

    private func report(_ site: TestSite) -> AgentReport? {
        (try? JSONFile.read(AgentReport.self, site.folder.statusPath)) ?? nil
    }

    @Test func aFullJournalIsToldAndNothingIsLost() async throws {
        let scratch = try Scratch()
        let small = try await SmallDisk("\(scratch.path)/small", size: "256k")
        let site = try TestSite(
            scratch, settings: ["journalFolder": small.path, "leastFreeMegabytes": "0"])
        let coordinator = TestCoordinator([site.identity])
        let gate = "\(scratch.path)/gate"
        let task = await coordinator.submit("while [ ! -e \(gate) ]; do sleep 0.1; done")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(task).first?.state == .started })
            #expect(small.fill())
            // Long enough a result that SQLite needs room for it.
            try DurableFile.write([], to: gate)
            for _ in 0..<40 {
                _ = await coordinator.submit("echo \(String(repeating: "x", count: 8000)) >/dev/null")
            }
            #expect(await eventually { report(site)?.storageFault?.contains("no room") == true })
            #expect(await eventuallyAsync { await !coordinator.notices.isEmpty }, "told without its journal")
            #expect(await coordinator.trouble?.contains("no room") == true)
            #expect(await coordinator.capacity.allSatisfy { $0.freeJobs == 0 && $0.remark != nil })
            #expect(
                try AgentStatus(folder: site.folder).problems.contains { $0.contains("takes nothing new") })
            small.empty()
            #expect(await Command.grow(small.path))
            #expect(await eventuallyAsync(seconds: 40) { await coordinator.isSettled(task) })
            #expect(await eventuallyAsync { await coordinator.trouble == nil })
            #expect(await eventually { report(site).map { $0.storageFault == nil } ?? false })
        }
        #expect(await coordinator.state(task) == .completed)
        try await small.remove()
    }

    @Test func anAgentThatIsStartedOnAFullDiskSaysSo() async throws {
        let scratch = try Scratch()
        let small = try await SmallDisk("\(scratch.path)/small", size: "256k")
        let site = try TestSite(
            scratch, settings: ["journalFolder": small.path, "leastFreeMegabytes": "0"])
        let coordinator = TestCoordinator([site.identity])
        let task = await coordinator.submit("true")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync(seconds: 40) { await coordinator.isSettled(task) })
        }
        func problems() throws -> [String] { try AgentStatus(folder: site.folder).problems }
        func room() async -> [AgentDoctor.Finding] {
            await AgentDoctor(site.configuration).examine().filter { $0.subject == "journal's room" }
        }
        #expect(try !problems().contains { $0.contains("could not be written") })
        #expect(await room().map(\.isGood) == [true])
        #expect(small.fill())
        for _ in 1...2 { #expect(throws: JournalFault.self) { try site.agent(coordinator) } }
        #expect(try problems().contains { $0.contains("its journal could not be written") })
        let found = await room()
        #expect(found.map(\.isGood) == [false] && found[0].words.contains("No space left"), "\(found)")
        small.empty()
        let again = await coordinator.submit("true")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync(seconds: 40) { await coordinator.isSettled(again) })
        }
        #expect(try !problems().contains { $0.contains("could not be written") })
        try await small.remove()
    }

    /// Its next cycle that can write tells what nobody could be told before, once.
    @Test func aCouriersAgentTellsOfItsFullDiskWhenItCan() async throws {
        let scratch = try Scratch()
        let small = try await SmallDisk("\(scratch.path)/small", size: "256k")
        let site = try TestSite(
            scratch, settings: ["journalFolder": small.path, "leastFreeMegabytes": "0"])
        let it = try TestCarrier(site, TestCoordinator([site.identity]))
        func newest() throws -> AgentDocument {
            let bytes = try #require(it.outgoing.last).bytes
            return try WireJSON.value(
                CourierDocument.self, from: Bundle(reading: bytes).content,
                limits: JSONLimits(bytes: 1 << 24, depth: 64)
            ).document
        }
        try await it.meet()
        try await it.carry()
        #expect(try newest().trouble == nil)
        let before = it.outgoing.map(\.name)
        #expect(small.fill())
        for _ in 1...2 { await #expect(throws: JournalFault.self) { try await it.cycle() } }
        #expect(it.outgoing.map(\.name) == before, "nothing may be told that is not journalled")
        #expect(
            try AgentStatus(folder: site.folder).problems.contains { $0.contains("could not be written") })
        small.empty()
        try await it.cycle()
        #expect(try newest().trouble?.contains("earlier cycle could not write") == true)
        #expect(try newest().capacity.allSatisfy { $0.freeJobs == 0 && $0.remark?.contains("room") == true })
        try await it.carry()
        #expect(await it.coordinator.trouble?.contains("earlier cycle") == true)
        try await it.cycle()
        #expect(try newest().trouble == nil)
        #expect(try newest().capacity.contains { $0.freeJobs > 0 })
        let task = await it.coordinator.submit("true")
        #expect(try await it.carryUntilSettled(task) < 60)
        try await small.remove()
    }

    @Test(arguments: [0, 1]) func aFullRunFolderIsToldAndNothingIsLost(leastFree: Int) async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch, settings: ["leastFreeMegabytes": String(leastFree)])
        let mark = try DurableFile.read("\(site.folder.runRootPath)/run-root.json")
        let small = try await SmallDisk(site.folder.runRootPath, size: "8m")
        try DurableFile.write(mark, to: "\(small.path)/run-root.json")
        let coordinator = TestCoordinator([site.identity])
        await coordinator.hurry()
        let gate = "\(scratch.path)/gate"
        let runs = "\(scratch.path)/runs"
        let task = await coordinator.submit(
            "echo run >>\(runs); while [ ! -e \(gate) ]; do sleep 0.1; done")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync { await coordinator.attempts(task).first?.state == .started })
            #expect(small.fill())
            // With a limit it is known at once, without one as soon as a folder is to be made.
            let later = await coordinator.submit("true")
            #expect(await eventuallyAsync { await coordinator.trouble != nil })
            #expect(
                await coordinator.capacity.allSatisfy {
                    $0.freeJobs == 0 && $0.remark?.contains("room") == true
                })
            #expect(await coordinator.notices.isEmpty, "the journal has room")
            try DurableFile.write([], to: gate)
            try await Task.sleep(for: .seconds(2))
            #expect(await !coordinator.isSettled(task), "there is no room for its finish marker")
            #expect(await coordinator.state(later) != .completed)
            small.empty()
            #expect(await eventuallyAsync(seconds: 40) { await coordinator.isSettled(task) })
            #expect(await eventuallyAsync(seconds: 40) { await coordinator.state(later) == .completed })
            #expect(await eventuallyAsync { await coordinator.trouble == nil })
        }
        #expect(await coordinator.state(task) == .completed)
        #expect(try DurableFile.read(runs).count == 4, "what ran while the disk was full did not run again")
        try await small.remove()
    }
}
