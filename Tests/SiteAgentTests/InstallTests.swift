import Federation
import Glibc
import Testing

@testable import SiteAgent

/// What `install` and `uninstall` write and remove, in homes of their own.
@Suite struct InstallTests {
    private func installation(_ site: TestSite, launcher: String = "mpi") -> Installation {
        var configuration = site.configuration
        configuration.launcher = launcher
        return Installation(
            configuration, flags: ["--folder", site.folder.path],
            job: JobModeSettings(options: ["--partition=small"]),
            environment: ["HOME": "\(site.scratch.path)/home", "PATH": "/usr/bin:/bin"])
    }

    @Test(arguments: ["mpi", "slurm"]) func aUnitIsWrittenAndSystemdTakesIt(_ launcher: String) async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch, name: "lumi-1")
        let one = installation(site, launcher: launcher)
        let plan = try await one.install(.systemd)
        let path = try #require(plan.path)
        #expect(path.hasPrefix("\(scratch.path)/home/.config/systemd/user/hansa-agent-lumi-1-"))
        let text = String(decoding: try DurableFile.read(path), as: UTF8.self)
        #expect(text == plan.text)
        #expect(
            text.contains("KillMode=process") == (launcher == "mpi"), "jobs on this host outlive the agent")
        #expect(try await one.install(.systemd) == plan, "again changes nothing")
        #expect(plan.next.contains { $0.contains("loginctl enable-linger") })
        if ProgramSearch.find("systemd-analyze", folders: [], path: "/usr/bin:/bin") != nil {
            // Unknown keys are only words on its error stream.
            let verify = "w=$(XDG_RUNTIME_DIR=$1 systemd-analyze --user verify \"$0\" 2>&1) && [ -z \"$w\" ]"
            #expect(try await Command.run("sh", ["-c", verify, path, scratch.path]) == 0)
            let odd = "\(scratch.path)/odd.service"
            try DurableFile.write(Array(text.replacing("UMask", with: "UMusk").utf8), to: odd)
            #expect(try await Command.run("sh", ["-c", verify, odd, scratch.path]) != 0, "the check checks")
        }
        await #expect(throws: AgentFault.self) { try await one.install(.job) }
        let lines = try await Departure(site.configuration).leave(force: false, purge: false)
        #expect(!DurableFile.exists(path) && lines.contains("removed \(path)"))
        #expect(DurableFile.exists(site.folder.identityPath), "the rest stays")
        #expect(try InstallRecord.standing(in: site.folder) == nil)
    }

    @Test func unusualPathsStayWhatTheyAre() {
        #expect(ShellWord.quoted("/a b/it's 50%") == "'/a b/it'\\''s 50%'")
        #expect(ShellWord.cron(["/a b/50%", "x"]) == "'/a b/50\\%' x")
        #expect(ShellWord.systemd("/a $b/50%\"") == "\"/a $$b/50%%\\\"\"")
        #expect(ShellWord.quoted("") == "''")
    }

    @Test func theCrontabKeepsWhatIsNotOurs() throws {
        let mine = "MAILTO=me\n0 3 * * * backup\n"
        var table = CronTable(text: mine)
        table.install("hansa-agent-a-i", line: "*/5 * * * * first")
        table.install("hansa-agent-b-i", line: "*/5 * * * * other")
        table.install("hansa-agent-a-i", line: "*/5 * * * * second")
        #expect(table.text.hasPrefix(mine))
        #expect(!table.text.contains("first") && table.text.contains("* second\n"))
        #expect(table.text.split(separator: "\n").count == 8)
        let again = CronTable(text: table.text)
        #expect(again.text == table.text)
        let removed = ["a", "a", "b"].map { table.remove("hansa-agent-\($0)-i") }
        #expect(removed == [true, false, true])
        #expect(table.text == mine)
        var none = CronTable(text: "")
        none.install("x", line: "l")
        _ = none.remove("x")
        #expect(none.text.isEmpty)
    }

    @Test func theCronLineIsOneThatCronTakes() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let plan = try installation(site).plan(.cron)
        #expect(plan.text.hasPrefix("*/5 * * * * "))
        #expect(plan.text.contains("once.lock") && plan.text.contains(" once --folder \(site.folder.path)"))
        #expect(plan.text.split(separator: "\n").count == 1)
        // What cron would give to the shell has to be a command of it.
        let command = plan.text.split(separator: " ", maxSplits: 5)[5].replacing("\\%", with: "%")
        #expect(try await Command.run("sh", ["-n", "-c", String(command)]) == 0)
        if ProgramSearch.find("crontab", folders: [], path: "/usr/bin:/bin") != nil {
            let file = "\(scratch.path)/table"
            try DurableFile.write(Array(plan.text.utf8), to: file)
            #expect(try await Command.run("crontab", ["-n", file]) == 0)
        }
    }

    @Test func theJobScriptIsOneThatBashTakes() async throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let plan = try await installation(site).install(.job)
        let path = try #require(plan.path)
        #expect(try await Command.run("bash", ["-n", path]) == 0)
        #expect(plan.text.contains("\n#SBATCH --dependency=singleton\n"))
        #expect(plan.text.contains("\n#SBATCH --partition=small\n"))
        #expect(FileStatus(path)?.bytes == Int64(plan.text.utf8.count))
    }

    @Test func aPathWithALineEndIsRefused() throws {
        let scratch = try Scratch()
        let site = try TestSite(scratch)
        let odd = Installation(
            site.configuration, flags: ["--config", "/a\nb"], environment: ["HOME": "/h"])
        #expect(throws: AgentFault.self) { try odd.plan(.cron) }
    }
}
