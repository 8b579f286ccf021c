import Federation
import Glibc
import Testing

@testable import SiteAgent

/// Commands under a time limit, here and through a real sshd.
@Suite struct SlurmShellTests {
    private let odd = ["a'b", "\"$HOME\"", "`id`", "two\nlines", "*", "é|", "", "-n", "\\"]

    @Test func wordsArriveAsTheyAreHere() async { await wordsArrive(SlurmShell()) }

    @Test func throughANoisyServer() async throws {
        let scratch = try Scratch()
        let server = try await SecureShellServer(scratch)
        var shell = SlurmShell()
        shell.way = try #require(SlurmShell.way(server.setting))
        shell.controlFolder = scratch.path
        #expect(
            await eventuallyAsync { if case .answered = await shell.run("true", []) { true } else { false } })
        await wordsArrive(shell)
        #expect(await shell.run("true", []) == .answered(output: [], remarks: ""), "no noise in it")
        guard case .unreachable(let words) = await shell.run("sh", ["-c", "echo no >&2; exit 3"]) else {
            Issue.record("exit 3 is no answer")
            return
        }
        #expect(words == "no")
        guard case .denied = await shell.run("no-such-command", []) else {
            Issue.record("a missing command is denied")
            return
        }
        guard case .timedOut = await shell.run("sleep", ["30"], seconds: 1) else {
            Issue.record("the time limit holds")
            return
        }
        // A shared connection makes the next one quick, and does not keep a command from ending.
        let before = WallClock.sinceBoot()
        _ = await shell.run("true", [])
        #expect(WallClock.sinceBoot() - before < 2_000_000)
    }

    @Test func aServerThatIsNotThere() async throws {
        let scratch = try Scratch()
        var shell = SlurmShell()
        shell.way = .ssh(["ssh", "-F", "none", "-p", "1", "127.0.0.1"])
        shell.controlFolder = scratch.path
        guard case .unreachable(let words) = await shell.run("true", []) else {
            Issue.record("nobody is there")
            return
        }
        #expect(words.contains("ssh"))
    }

    @Test func aJobThroughASecureShell() async throws {
        let cluster = try await TestCluster.billed.value
        let scratch = try Scratch()
        let server = try await SecureShellServer(scratch)
        let site = try TestSite(scratch, settings: cluster.settings(["slurm.shell": server.setting]))
        let coordinator = TestCoordinator([site.identity], account: "project")
        let task = await coordinator.submit("sleep 1")
        try await site.serve(coordinator) {
            #expect(await eventuallyAsync(seconds: 60) { await coordinator.isSettled(task) })
        }
        let attempt = try #require(await coordinator.attempts(task).first)
        #expect(attempt.end?.outcome == .completed, "\(attempt.end?.detail ?? "")")
        #expect(attempt.usage?.source == .siteRecord)
    }

    @Test func whatIsNoWay() {
        #expect(SlurmShell.way("local") == .local)
        #expect(SlurmShell.way("ssh login") == .ssh(["ssh", "login"]))
        for text in ["", "ssh", "rsh host", "local host"] { #expect(SlurmShell.way(text) == nil, "\(text)") }
    }

    @Test func limitsHold() async throws {
        let shell = SlurmShell()
        let before = WallClock.sinceBoot()
        guard
            case .timedOut = await shell.run(
                "sh", ["-c", "trap '' TERM; sleep 30 & wait; sleep 30"], seconds: 1)
        else {
            Issue.record("the time limit holds")
            return
        }
        #expect(WallClock.sinceBoot() - before < 15_000_000)
        let result = await BoundedCommand(
            executable: "/bin/sh", arguments: ["-c", "yes"], environment: ["PATH": "/usr/bin:/bin"],
            seconds: 20,
            limit: 1 << 20
        ).run()
        #expect(result.end == .tooMuch)
        // A daemon that keeps the streams open is not waited for.
        let lingering = await BoundedCommand(
            executable: "/bin/sh", arguments: ["-c", "setsid sleep 20 & echo up"],
            environment: ["PATH": "/usr/bin:/bin"], seconds: 15
        ).run()
        #expect(lingering.end == .exit(0))
        #expect(lingering.output == Array("up\n".utf8))
    }

    private func wordsArrive(_ shell: SlurmShell) async {
        for word in odd {
            let answer = await shell.run("printf", ["%s", word])
            #expect(answer == .answered(output: Array(word.utf8), remarks: ""), "\(word)")
        }
        let answer = await shell.run("env", [], variables: ["SLURM_TIME_FORMAT": "%s"])
        guard case .answered(let output, _) = answer else {
            Issue.record("\(answer)")
            return
        }
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("LC_ALL=C"))
        #expect(lines.filter { $0.hasPrefix("SLURM_") } == ["SLURM_TIME_FORMAT=%s"])
        #expect(!lines.contains { $0.hasPrefix("SBATCH_") || $0.hasPrefix("HANSA_") })
    }
}
