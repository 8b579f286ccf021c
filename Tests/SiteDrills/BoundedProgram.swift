import DrillKit
import Glibc

/// A program that is run to its end, within a time.
enum BoundedProgram {
    /// What it printed and ended with; one that takes longer is killed, and answers 124.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String], files: String,
        seconds: Double
    ) async throws -> CommandResult {
        try EndFlag.check()
        let path = try program.hasPrefix("/") ? program : Programs.path(program)
        defer {
            unlink(files)
            unlink("\(files).errors")
        }
        let child = try ChildProcess(
            path, arguments, environment: environment, output: files, errors: "\(files).errors")
        var exit: Int32 = 124
        do {
            exit = try await child.end(seconds: seconds)
        } catch is DrillFault {
            child.send(SIGKILL)
            _ = try await child.end(seconds: 10)
        } catch {
            child.send(SIGKILL)
            throw error
        }
        return CommandResult(
            command: ([program] + arguments).joined(separator: " "), exit: exit, output: TextFile.read(files),
            errors: TextFile.read("\(files).errors"))
    }
}
