import Dispatch
import Glibc

/// A shell that owns something for the time of this process: it takes commands, and when our end of its input closes
/// (because this process ends, however) it cleans up.
final class SupervisorShell: Sendable {
    /// What the shell could not do.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private let channel: Int32

    /// Starts it in a session of its own, so that the terminal's Ctrl-C does not reach it.
    init(_ arguments: [String]) throws {
        // SOCK_CLOEXEC: a process started later by a test must not hold our end open.
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Failure(description: "no socket pair") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
        var pointers = arguments.map { strdup($0) }
        pointers.append(nil)
        var child = pid_t()
        let failure = posix_spawn(&child, arguments[0], &actions, &attributes, pointers, environ)
        for pointer in pointers { free(pointer) }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
        close(ends[1])
        guard failure == 0 else {
            close(ends[0])
            throw Failure(description: "cannot start \(arguments[0]): error \(failure)")
        }
        channel = ends[0]
    }

    deinit { close(channel) }

    /// Gives a command and waits for its line of answer, off the cooperative pool; empty when the shell is gone.
    func answer(to command: String) async -> String {
        await withUnsafeContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: self.exchange(command + "\n")) }
        }
    }

    private func exchange(_ command: String) -> String {
        let bytes = Array(command.utf8)
        guard send(channel, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return "" }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(channel, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
