import Federation
import Glibc
import Testing

@testable import SiteAgent

/// The wrapper and its watchdog as real processes.
@Suite struct WrapperTests {
    @Test func oneOfTwoWrappersRuns() async throws {
        let scratch = try Scratch()
        let pack = try TestPack(below: scratch.path, scripts: ["echo ran >> ran; sleep 0.3"])
        let first = try pack.start()
        let second = try pack.start()
        let codes = [await TestPack.ended(first), await TestPack.ended(second)]
        #expect(Set(codes) == [0, 86])
        #expect(pack.text("\(pack.member().path)/ran") == "ran\n")
        #expect(try pack.member().finish()?.outcome == .completed)
        #expect(try pack.folder.finish() != nil)
    }

    @Test func tooLateRunsNothing() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.mustStartIn = -1
        let pack = try TestPack(below: scratch.path, scripts: ["echo ran > ran"], shape)
        #expect(try await pack.run() == 86)
        #expect(try pack.folder.start() == nil)
        #expect(!DurableFile.exists("\(pack.member().path)/ran"))
        shape.mustStartIn = 60
        let inTime = try TestPack(below: scratch.path, scripts: ["echo ran > ran"], shape)
        #expect(try await inTime.run() == 0)
        #expect(DurableFile.exists("\(inTime.member().path)/ran"))
    }

    /// What is billed is the host's own count of seconds, wherever the wall clock jumps meanwhile.
    @Test(arguments: [3600, -3600]) func aJumpingClockIsNotBilled(_ jump: Int) async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.walltime = 7200
        shape.settings.clockOffsetFile = "\(scratch.path)/offset"
        let pack = try TestPack(
            below: scratch.path, scripts: ["echo \(jump) > \(scratch.path)/offset"], shape)
        #expect(try await pack.run() == 0)
        let finish = try #require(try pack.folder.finish())
        #expect(abs(finish.endedAt.seconds(since: finish.startedAt) - Int64(jump)) <= 5, "the clock jumped")
        let question = PackInQuestion(
            pack: pack.offer.pack, folder: pack.folder, jobs: [], resources: pack.offer.resources)
        let seconds = try #require(MarkerRows.rows(of: question).first?.seconds)
        #expect((1...5).contains(seconds))
        #expect((1...5).contains(try pack.member().finish()?.elapsedSeconds ?? 0))
    }

    @Test func theAgentsMarkerKeepsTheJobOut() async throws {
        let scratch = try Scratch()
        let pack = try TestPack(below: scratch.path, scripts: ["echo ran > ran"])
        let marker = StartMarker(job: nil, host: "here", at: WallClock().now())
        #expect(try marker.take(in: pack.folder.path).job == nil)
        #expect(try await pack.run() == 86)
        #expect(!DurableFile.exists("\(pack.member().path)/ran"))
        #expect(try marker.take(in: pack.folder.path) == marker, "taken again by the same taker it counts")
    }

    @Test func contractAndOrder() async throws {
        let scratch = try Scratch()
        let script =
            "env | grep ^HANSA_ | sort > env; pwd > pwd; date +%s%N > when; echo '{\"step\":3}' >> $HANSA_METRICS"
        let pack = try TestPack(below: scratch.path, scripts: [script, script, "exit 7"])
        #expect(try await pack.run() == 0)
        let member = pack.member()
        let environment = pack.text("\(member.path)/env")
        for name in [
            "TASK", "ATTEMPT", "PACK", "RUN_DIR", "INPUTS", "OUTPUTS", "METRICS", "CHECKPOINTS", "RESUME",
        ] {
            #expect(environment.contains("HANSA_\(name)="), "HANSA_\(name)")
        }
        #expect(environment.contains("HANSA_ATTEMPT=\(member.attempt)\n"))
        #expect(pack.text("\(member.path)/pwd") == "\(member.path)\n")
        #expect(pack.text("\(member.path)/when") < pack.text("\(pack.member(1).path)/when"))
        #expect(try pack.member(2).finish()?.exit == 7)
        #expect(try pack.member(2).finish()?.outcome == .failed(.nonZeroExit))
        #expect(MetricsTail.lastLine(member.metrics)?["step"]?.integer == 3)
    }

    @Test func aKilledWrapperLeavesNothing() async throws {
        let scratch = try Scratch()
        let pack = try TestPack(
            below: scratch.path, scripts: ["setsid sleep 1000 & trap '' TERM; touch up; sleep 1000"])
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        kill(pid, SIGKILL)
        #expect(await TestPack.ended(pid) == 256 + SIGKILL)
        #expect(await eventually { pack.processes.isEmpty }, "the watchdog ends the rest")
        #expect(try pack.folder.finish() == nil)
        #expect(try pack.folder.watchdogNote()?.reason == .wrapperGone)
    }

    @Test func aKilledWatchdogEndsTheProgram() async throws {
        let scratch = try Scratch()
        let pack = try TestPack(below: scratch.path, scripts: ["touch up; sleep 1000"])
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        let found = pack.processes.first { $0.isWatchdog }
        let watchdog = try #require(found)
        kill(watchdog.identity.pid, SIGKILL)
        #expect(await TestPack.ended(pid) == 0)
        #expect(try pack.member().finish()?.outcome == .failed(.nodeFailure))
        #expect(pack.processes.isEmpty)
    }

    @Test func aStoppedWrapperIsEndedBySilence() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.settings.silenceSeconds = 2
        let pack = try TestPack(below: scratch.path, scripts: ["touch up; sleep 1000"], shape)
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        kill(pid, SIGSTOP)
        #expect(await TestPack.ended(pid) == 256 + SIGKILL)
        #expect(await eventually { pack.processes.isEmpty })
        #expect(try pack.folder.watchdogNote()?.reason == .silence)
    }

    @Test func signalBeforeTheWalltimeAndResume() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.walltime = 5
        shape.signalBefore = 4
        let script = """
            trap 'mkdir -p $HANSA_CHECKPOINTS/step-7; echo "{\\"step\\":7}" > $HANSA_CHECKPOINTS/step-7/state.json; exit 85' USR1
            mkdir $HANSA_CHECKPOINTS/step-9.tmp $HANSA_CHECKPOINTS/step-3; touch up; while :; do sleep 0.1; done
            """
        let pack = try TestPack(below: scratch.path, scripts: [script], shape)
        #expect(try await pack.run() == 0)
        let finish = try #require(try pack.member().finish())
        #expect(finish.outcome == .continues)
        #expect(finish.exit == 85)
        #expect(EndReport.end(finish, in: pack.member(), staged: nil).progress == 7)

        shape.fence = 2
        shape.signalBefore = 0
        let next = try TestPack(below: scratch.path, scripts: ["echo $HANSA_RESUME > resume"], shape)
        // The other pack's task, so that it is the chain's next link.
        #expect(try await next.run() == 0)
        #expect(next.text("\(next.member().path)/resume") == "\(pack.member().checkpoints)/step-7\n")
    }

    @Test func aProgramThatIgnoresSIGTERMIsKilledAtTheWalltime() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.walltime = 1
        let pack = try TestPack(
            below: scratch.path, scripts: ["trap '' TERM; while :; do sleep 0.1; done", "touch never"], shape)
        #expect(try await pack.run() == 0)
        #expect(try pack.member().finish()?.outcome == .failed(.walltime))
        #expect(try pack.member(1).finish()?.outcome == .failed(.walltime))
        #expect(!DurableFile.exists("\(pack.member(1).path)/never"))
        #expect(pack.processes.isEmpty)
    }

    @Test func childrenLeftBehindAreEnded() async throws {
        let scratch = try Scratch()
        // The first hides from its environment, the second from its parent.
        let pack = try TestPack(
            below: scratch.path,
            scripts: [
                "env -i setsid sleep 1111 & (setsid sleep 2222 &) ; (trap '' TERM; sleep 3333) & exit 0"
            ])
        #expect(try await pack.run() == 0)
        let finish = try #require(try pack.member().finish())
        #expect(finish.outcome == .completed)
        #expect(finish.leftovers >= 3)
        #expect(pack.processes.isEmpty)
    }

    @Test func aFloodOfOutputKeepsBothEnds() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.settings.logHeadBytes = 1 << 20
        shape.settings.logTailBytes = 4 << 20
        let pack = try TestPack(
            below: scratch.path,
            scripts: ["echo first; head -c 1000000000 /dev/zero; echo; echo last"], shape)
        #expect(try await pack.run() == 0)
        let log = try DurableFile.read("\(pack.member().path)/stdout.log")
        #expect(log.count < 6 << 20)
        #expect(log.starts(with: Array("first\n".utf8)))
        #expect(log.suffix(5) == Array("last\n".utf8)[...])
        #expect(log.firstRange(of: Array("bytes were left out here".utf8)) != nil)
        #expect(!Folder.entries(pack.member().path).contains { $0.hasPrefix("stdout.log+") })
    }

    @Test func binaryOutputIsShownSafely() async throws {
        let scratch = try Scratch()
        let pack = try TestPack(below: scratch.path, scripts: ["printf 'a\\000\\377\\033b\\n'; exit 3"])
        #expect(try await pack.run() == 0)
        let piece = try #require(LogReader.piece(pack.member().log, offset: 0, bytes: 100))
        #expect(piece.text == "a\u{2400}\u{FFFD}\u{1B}b\n")
        let end = EndReport.end(try #require(try pack.member().finish()), in: pack.member(), staged: nil)
        #expect(end.detail.contains("exit 3"))
    }

    @Test func whatCannotBeStartedSaysSo() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.program = "no-such-program"
        let missing = try TestPack(below: scratch.path, scripts: [""], shape)
        #expect(try await missing.run() == 0)
        #expect(try missing.member().finish()?.outcome == .failed(.launch))
        #expect(try missing.member().finish()?.launchFault?.contains("no-such-program") == true)

        shape.program = "/bin/sh"
        shape.ranks = 2
        shape.settings.mpirun = "no-mpirun"
        let noMPI = try TestPack(below: scratch.path, scripts: ["true"], shape)
        #expect(try await noMPI.run() == 0)
        #expect(try noMPI.member().finish()?.launchFault?.contains("no-mpirun is not installed") == true)
    }

    @Test(.enabled(if: DurableFile.exists("/usr/bin/mpirun")))
    func ranksRunUnderMPIRunAndAllGetTheSignal() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.ranks = 2
        shape.walltime = 12
        shape.signalBefore = 9
        let pack = try TestPack(
            below: scratch.path,
            scripts: [
                "trap 'touch got.$OMPI_COMM_WORLD_RANK; exit 85' USR1; touch up.$OMPI_COMM_WORLD_RANK;"
                    + "while :; do sleep 0.1; done"
            ], shape)
        #expect(try await pack.run() == 0)
        let names = Folder.entries(pack.member().path)
        #expect(names.contains("got.0") && names.contains("got.1"))
        #expect(try pack.member().finish()?.outcome == .continues)
        #expect(pack.processes.isEmpty)
    }

    @Test func aClockThatJumpsEndsThePack() async throws {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.settings.clockOffsetFile = "\(scratch.path)/offset"
        let pack = try TestPack(below: scratch.path, scripts: ["touch up; sleep 1000"], shape)
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        try DurableFile.write(Array("7200\n".utf8), to: "\(scratch.path)/offset")
        #expect(await TestPack.ended(pid) == 256 + SIGKILL)
        #expect(await eventually { pack.processes.isEmpty })
        #expect(try pack.folder.watchdogNote()?.reason == .mustEndBy)
    }

    @Test func oneMemberOrAllAreCancelled() async throws {
        let scratch = try Scratch()
        let pack = try TestPack(
            below: scratch.path, scripts: ["touch up; sleep 1000", "touch up; sleep 1000", "touch up"])
        let marker = StartMarker(job: nil, host: "here", at: WallClock().now())
        try marker.take(in: pack.member(2).path)
        let pid = try pack.start()
        #expect(await pack.hasWritten("up"))
        try pack.member().requestCancel()
        #expect(await pack.hasWritten("up", member: 1), "the others go on")
        #expect(try pack.member().finish()?.outcome == .cancelled)
        try DurableFile.write([], to: pack.folder.cancelPath)
        #expect(await TestPack.ended(pid) == 0)
        #expect(try pack.member(1).finish()?.outcome == .cancelled)
        #expect(try pack.member(2).finish() == nil, "an empty slot has no run")
        #expect(!DurableFile.exists("\(pack.member(2).path)/up"))
    }
}
