import Federation
import Glibc
import Testing

@testable import SiteAgent

/// Programs that a task brings along as text, run by the real wrapper.
@Suite struct BatchScriptTests {
    private func run(_ text: String, _ change: (inout TestPack.Shape) -> Void = { _ in }) async throws -> (
        TestPack, Scratch
    ) {
        let scratch = try Scratch()
        var shape = TestPack.Shape()
        shape.program = "job.sh"
        shape.script = TaskScript(text: "")
        change(&shape)
        let pack = try TestPack(below: scratch.path, scripts: [text], shape)
        #expect(try await pack.run() == 0)
        return (pack, scratch)
    }

    @Test func aScriptRunsOnceWhateverItsRanks() async throws {
        let (pack, scratch) = try await run("#!/bin/bash\necho ran >> ran\necho $SLURM_SUBMIT_DIR > where\n")
        {
            $0.ranks = 4
        }
        defer { withExtendedLifetime(scratch) {} }
        let folder = pack.member().path
        #expect(try pack.member().finish()?.outcome == .completed)
        #expect(pack.text("\(folder)/ran") == "ran\n")
        #expect(pack.text("\(folder)/where") == "\(folder)\n")
    }

    @Test func anotherInterpreterIsStarted() async throws {
        let (pack, scratch) = try await run("#!/usr/bin/awk -f\nBEGIN { print 6 * 7 > \"answer\"; exit 3 }\n")
        defer { withExtendedLifetime(scratch) {} }
        #expect(pack.text("\(pack.member().path)/answer") == "42\n")
        #expect(try pack.member().finish()?.exit == 3)
    }

    @Test func itBeginsInTheFolderThatItNames() async throws {
        let elsewhere = try Scratch()
        let (pack, scratch) = try await run("#!/bin/sh\npwd -P > \"$HANSA_RUN_DIR/pwd\"\n") {
            $0.script?.folder = elsewhere.path
        }
        defer { withExtendedLifetime((scratch, elsewhere)) {} }
        #expect(pack.text("\(pack.member().path)/pwd").hasSuffix("\(elsewhere.path)\n"))
    }

    @Test func aMissingFolderIsSaid() async throws {
        let (pack, scratch) = try await run("#!/bin/sh\ntrue\n") { $0.script?.folder = "/not/there" }
        defer { withExtendedLifetime(scratch) {} }
        #expect(try pack.member().finish()?.launchFault?.contains("/not/there") == true)
    }

    @Test func theSignalGoesToTheScript() async throws {
        let (pack, scratch) = try await run(
            "#!/bin/bash\ntrap 'echo term > got; exit 0' TERM\nfor i in {1..200}; do sleep 0.1; done\n"
        ) {
            $0.script?.signal = SIGTERM
            $0.memberWalltime = 12
            $0.signalBefore = 10
        }
        defer { withExtendedLifetime(scratch) {} }
        #expect(pack.text("\(pack.member().path)/got") == "term\n")
        #expect(try pack.member().finish()?.outcome == .completed)
    }

    @Test func orToWhatItHasStarted() async throws {
        let text = """
            #!/bin/bash
            trap 'echo script > got-script' USR2
            bash -c 'trap "echo child > got-child; exit 0" USR2; for i in {1..200}; do sleep 0.1; done'
            echo "after $?" > after
            """
        let (pack, scratch) = try await run(text) {
            $0.script?.signal = SIGUSR2
            $0.script?.signalsChildren = true
            $0.memberWalltime = 12
            $0.signalBefore = 10
        }
        defer { withExtendedLifetime(scratch) {} }
        let folder = pack.member().path
        #expect(pack.text("\(folder)/got-child") == "child\n")
        #expect(pack.text("\(folder)/after") == "after 0\n")
        #expect(!DurableFile.exists("\(folder)/got-script"))
    }

    @Test func withoutASignalNoneComes() async throws {
        let (pack, scratch) = try await run("#!/bin/bash\nsleep 3\necho whole > end\n") {
            $0.memberWalltime = 4
            $0.signalBefore = 0
        }
        defer { withExtendedLifetime(scratch) {} }
        #expect(pack.text("\(pack.member().path)/end") == "whole\n")
    }
}
