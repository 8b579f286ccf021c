import Federation
import Glibc
import Testing

@testable import SiteAgent

/// Members of a pack that run beside each other in its job.
@Suite struct ParallelPackTests {
    private static func shape(atOnce: Int, rounds: Int64 = 1) -> TestPack.Shape {
        var shape = TestPack.Shape()
        shape.atOnce = atOnce
        shape.memberWalltime = 30
        shape.walltime = 30 * rounds
        return shape
    }

    @Test func asManyAsTheJobWasMadeFor() async throws {
        let scratch = try Scratch()
        let places = "\(scratch.path)/places"
        try Folder.make(places)
        let script =
            "mkdir \(places)/$HANSA_ATTEMPT; sleep 0.7; ls \(places) | wc -l > beside; rmdir \(places)/$HANSA_ATTEMPT"
        let scripts = [String](repeating: script, count: 7)
        let pack = try TestPack(below: scratch.path, scripts: scripts, Self.shape(atOnce: 3, rounds: 3))
        #expect(try await pack.run() == 0)
        var most = 0
        for index in scripts.indices {
            #expect(try pack.member(index).finish()?.outcome == .completed)
            let beside = pack.text("\(pack.member(index).path)/beside").filter(\.isNumber)
            most = max(most, try #require(Int(beside)))
        }
        #expect(most == 3, "\(most) at a time")
        #expect(try pack.folder.finish() != nil)
        #expect(await eventually { pack.processes.isEmpty }, "the watchdog follows its wrapper")
    }

    /// One is cancelled, one fails and leaves processes behind, one prints without end until its own walltime, one hides a
    /// process from its environment, its group and its parent: the others complete, and each gets its own verdict.
    @Test func whatBecomesOfOneLeavesTheOthersAlone() async throws {
        let scratch = try Scratch()
        var shape = Self.shape(atOnce: 5)
        shape.memberWalltime = 16
        shape.walltime = 20
        let pack = try TestPack(
            below: scratch.path,
            scripts: [
                "touch up; sleep 1000",
                "setsid sleep 1111 & (trap '' TERM; sleep 2222) & exit 7",
                "while :; do echo on and on; done",
                "(env -i setsid /bin/sleep 3333 &) ; sleep 0.5",
                "sleep 12; echo done",
            ], shape)
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        try pack.member().requestCancel()
        #expect(await eventually { (try? pack.member(1).finish()) ?? nil != nil })
        let early = try #require(try pack.member(1).finish())
        #expect(early.exit == 7 && early.outcome == .failed(.nonZeroExit))
        #expect(early.leftovers >= 2, "both that it left")
        #expect(try pack.member(4).finish() == nil, "it runs on")
        #expect(await TestPack.ended(pid) == 0)
        #expect(try pack.member().finish()?.outcome == .cancelled)
        #expect(try pack.member(2).finish()?.outcome == .failed(.walltime))
        #expect(try pack.member(3).finish()?.outcome == .completed)
        #expect(try pack.member(4).finish()?.outcome == .completed)
        #expect(pack.text("\(pack.member(4).path)/stdout.log") == "done\n")
        #expect(try pack.member(4).finish()?.leftovers == 0)
        let hidden = try await Command.run("pgrep", ["-fx", "/bin/sleep 3333"])
        #expect(hidden == 1, "nothing of it is left")
    }

    @Test func theSignalReachesAll() async throws {
        let scratch = try Scratch()
        var shape = Self.shape(atOnce: 4)
        shape.signalBefore = 5
        let script = "trap 'exit 85' USR1; touch up; while :; do sleep 0.1; done"
        let pack = try TestPack(
            below: scratch.path, scripts: [String](repeating: script, count: 4), shape)
        let pid = try pack.start()
        for index in 0..<4 { #expect(await pack.hasWritten("up", member: index)) }
        kill(pid, SIGUSR1)
        #expect(await TestPack.ended(pid) == 0)
        for index in 0..<4 { #expect(try pack.member(index).finish()?.outcome == .continues) }
    }

    /// What an orphan used counts for the member whose it was, also while others run.
    @Test func cpuTimeIsEachOnesOwn() async throws {
        let scratch = try Scratch()
        let burn = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
        let pack = try TestPack(
            below: scratch.path,
            scripts: ["(\(burn)) & (\(burn)) & sleep 0.1; wait", "sleep 2", "((\(burn)) &); sleep 2"],
            Self.shape(atOnce: 3))
        #expect(try await pack.run() == 0)
        let used = try (0..<3).map { try #require(try pack.member($0).finish()).cpuSeconds }
        #expect(used[0] > used[1] + 0.05 && used[2] > used[1] + 0.02, "\(used)")
    }

    @Test func aKilledWrapperLeavesNothingOfAnyMember() async throws {
        let scratch = try Scratch()
        let script = "setsid sleep 1000 & touch up; sleep 1000"
        let pack = try TestPack(
            below: scratch.path, scripts: [script, script, script], Self.shape(atOnce: 3))
        let pid = try pack.start()
        for index in 0..<3 { #expect(await pack.hasWritten("up", member: index)) }
        kill(pid, SIGKILL)
        #expect(await TestPack.ended(pid) == 256 + SIGKILL)
        #expect(await eventually { pack.processes.isEmpty }, "the watchdog ends the rest")
        for index in 0..<3 { #expect(try pack.member(index).finish() == nil) }
    }
}
