import Dispatch
import Glibc

/// Runs real programs in tests: openssl, hansad.
enum Program {
    struct Result: Sendable {
        var status: Int32
        var output: String
    }

    /// Starts a program with its output in that file; answers its pid.
    static func start(_ path: String, _ arguments: [String], output: String?, input: String? = nil) -> pid_t?
    {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions, 1, output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var pointers = ([path] + arguments).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        return posix_spawn(&child, path, &actions, nil, pointers, environ) == 0 ? child : nil
    }

    /// Waits for a started program, off the cooperative pool; its exit status, or 128 + the signal that ended it.
    static func wait(_ pid: pid_t) async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var status: Int32 = 0
                while waitpid(pid, &status, 0) < 0, errno == EINTR {}
                let signal = status & 0x7F
                continuation.resume(returning: signal == 0 ? (status >> 8) & 0xFF : 128 + signal)
            }
        }
    }

    /// Runs a program to its end; output and errors together.
    static func run(_ path: String, _ arguments: [String], input: String = "") async throws -> Result {
        let files = try TemporaryFiles(["input": input])
        defer { files.remove() }
        guard let pid = start(path, arguments, output: files["output"], input: files["input"]) else {
            throw GatewayFixture.Missing(what: path)
        }
        let status = await wait(pid)
        return Result(status: status, output: files.read("output"))
    }
}
