import FoundationEssentials
import Glibc
import Synchronization

/// A program that a drill started, in a session of its own, with its streams in files.
package final class ChildProcess: Sendable {
    package let pid: Int32
    private let status = Mutex<Int32?>(nil)

    /// Starts it. `errors` is the same file as `output` unless given; `input` is what it reads.
    package init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], output: String,
        errors: String? = nil, input: Int32? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // 0x80 is POSIX_SPAWN_SETSID, which the module leaves out.
        posix_spawnattr_setflags(&attributes, Int16(0x80 | Int(POSIX_SPAWN_SETSIGMASK)))
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HANSA_") }
        variables.merge(environment) { $1 }
        var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, executable, &actions, &attributes, &argv, &envp)
        guard code == 0 else {
            throw DrillFault("cannot start \(executable): \(String(cString: strerror(code)))")
        }
        pid = child
    }

    /// What it ended with: its exit code, or 128 and the signal's number; nil while it runs.
    package var exit: Int32? {
        status.withLock { known in
            if known == nil {
                var raw: Int32 = 0
                if waitpid(pid, &raw, WNOHANG) == pid {
                    known = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
                }
            }
            return known
        }
    }

    /// Sends a signal, if it still runs.
    package func send(_ signal: Int32) {
        if exit == nil { kill(pid, signal) }
    }

    /// Waits for its end and answers what it ended with.
    package func end(seconds: Double = 60) async throws -> Int32 {
        try await Patience.until("the end of process \(pid)", seconds: seconds, every: .milliseconds(10)) {
            exit
        }
    }
}
