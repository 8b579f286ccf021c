import Glibc
import Subprocess

/// The site's `crontab` program: reads and replaces the user's own table.
enum CronCommand {
    /// The user's table; empty where there is none yet.
    static func read() async throws(AgentFault) -> CronTable {
        let answer = await run("exec \"$1\" -l")
        guard let answer else { throw .cannotInstall(reason: "there is no `crontab` here; use --print") }
        if answer.code == 0 { return CronTable(text: answer.output) }
        if answer.errors.contains("no crontab") { return CronTable(text: "") }
        throw .cannotInstall(reason: "`crontab -l` says: \(answer.errors.prefix(300))")
    }

    static func write(_ table: CronTable) async throws(AgentFault) {
        let answer = await run("printf %s \"$2\" | \"$1\" -", table.text)
        guard let answer, answer.code == 0 else {
            throw .cannotInstall(
                reason: "`crontab -` says: \((answer?.errors ?? "it is not there").prefix(300))")
        }
    }

    /// The table travels as an argument: the library ends this process where a program ends before it has read its input.
    private static func run(
        _ script: String, _ text: String = ""
    ) async -> (code: Int32, output: String, errors: String)? {
        guard let path = program else { return nil }
        let result = try? await Subprocess.run(
            .name("sh"), arguments: Arguments(["-c", script, "sh", path, text]),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
        guard let result else { return nil }
        let code: Int32 = if case .exited(let code) = result.terminationStatus { code } else { -1 }
        return (code, result.standardOutput, result.standardError)
    }

    static var program: String? {
        ProgramSearch.find("crontab", folders: [], path: HostCalls.environment()["PATH"] ?? "/usr/bin:/bin")
    }
}
