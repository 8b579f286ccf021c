import Dispatch
import Glibc

/// A program that is run to its end, but not longer than a time limit and not for more than so much output. It gets a
/// session of its own: no terminal to ask at, and one group to be killed by.
struct BoundedCommand: Sendable {
    /// How a run ended, with what was printed until then.
    struct Result: Sendable {
        var end: End
        var output: [UInt8] = []
        var errors: [UInt8] = []
    }

    /// How a run ended.
    enum End: Hashable, Sendable {
        case exit(Int32)
        case signal(Int32)
        case timedOut
        /// It printed more than the limit and was killed.
        case tooMuch
        /// It could not be started, with words.
        case notStarted(String)
    }

    var executable: String
    var arguments: [String]
    var environment: [String: String]
    var seconds: Int64
    /// Bytes of each stream that are taken at most.
    var limit = 64 << 20

    private static let threads = DispatchQueue(label: "hansa.commands", attributes: .concurrent)

    /// Runs it on a thread of its own.
    func run() async -> Result {
        await withCheckedContinuation { continuation in
            BoundedCommand.threads.async { continuation.resume(returning: runBlocking()) }
        }
    }

    private func runBlocking() -> Result {
        var out: [Int32] = [0, 0]
        var err: [Int32] = [0, 0]
        guard pipe(&out) == 0 else { return Result(end: .notStarted("no pipe: errno \(errno)")) }
        guard pipe(&err) == 0 else {
            for file in out { close(file) }
            return Result(end: .notStarted("no pipe: errno \(errno)"))
        }
        for file in out + err { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let pid: Int32
        do {
            pid = try Spawn(
                executable: executable, arguments: arguments, environment: environment,
                descriptors: [0: null, 1: out[1], 2: err[1]], ownSession: true
            ).start()
        } catch {
            for file in out + err + [null] { close(file) }
            return Result(end: .notStarted("\(error)"))
        }
        for file in [out[1], err[1], null] { close(file) }
        for file in [out[0], err[0]] { _ = fcntl(file, F_SETFL, O_NONBLOCK) }
        defer { for file in [out[0], err[0]] { close(file) } }
        return follow(pid, out[0], err[0])
    }

    private func follow(_ pid: Int32, _ out: Int32, _ err: Int32) -> Result {
        var result = Result(end: .timedOut)
        let deadline = WallClock.sinceBoot() + seconds * 1_000_000
        var status: Int32 = 0
        var open = [out, err]
        while true {
            // Closed streams first, exit second: what a process printed is in the pipe when it is reaped. A daemon
            // that keeps a stream open (a shared ssh connection) is not waited for.
            var watched = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if watched.isEmpty { usleep(500) } else { _ = poll(&watched, nfds_t(watched.count), 20) }
            let reaped = waitpid(pid, &status, WNOHANG) == pid
            open.removeAll { file in
                file == out ? drain(file, into: &result.output) : drain(file, into: &result.errors)
            }
            if reaped {
                let signal = status & 0x7f
                result.end = signal == 0 ? .exit((status >> 8) & 0xff) : .signal(signal)
                // What it left in its group is nobody's any more.
                kill(-pid, SIGKILL)
                if result.output.count > limit || result.errors.count > limit { result.end = .tooMuch }
                return result
            }
            let tooMuch = result.output.count > limit || result.errors.count > limit
            if tooMuch || WallClock.sinceBoot() >= deadline {
                result.end = tooMuch ? .tooMuch : .timedOut
                kill(-pid, SIGKILL)
                kill(pid, SIGKILL)
                waitpid(pid, &status, 0)
                return result
            }
        }
    }

    /// Takes what is there; true at the stream's end.
    private func drain(_ file: Int32, into bytes: inout [UInt8]) -> Bool {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= limit {
            let count = read(file, &piece, piece.count)
            if count > 0 {
                bytes.append(contentsOf: piece[0..<count])
            } else if count < 0 && errno == EINTR {
                continue
            } else {
                return count == 0 || errno != EAGAIN
            }
        }
        return false
    }
}
