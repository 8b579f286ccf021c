import Glibc

/// A member's running program: its process, its two streams, and what it has used.
final class ProgramProcess {
    /// How the program's own process ended.
    struct End {
        var exit: Int32?
        var signal: Int32?
    }

    let pid: Int32
    private var streams: [(file: Int32, log: BoundedLog)]
    private let both: BoundedLog
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private(set) var end: End?
    private(set) var cpuSeconds = 0.0
    /// What both streams brought so far.
    private(set) var outputBytes = 0
    private(set) var maximumResidentBytes: Int64 = 0

    /// Starts the command in its folder. The caller's thread must live as long as the wrapper: the kernel
    /// takes its end for the parent's.
    init(_ command: ProgramCommand, folder: MemberFolder, settings: WrapperSettings) throws(FileFault) {
        guard chdir(command.workingFolder) == 0 else { throw FileFault("enter", command.workingFolder) }
        defer { chdir("/") }
        var out: [Int32] = [0, 0]
        var errors: [Int32] = [0, 0]
        guard pipe(&out) == 0, pipe(&errors) == 0 else {
            throw FileFault("make a pipe for", command.executable)
        }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        for file in out + errors { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
        defer { for file in [out[1], errors[1], null] { close(file) } }
        func log(_ name: String) -> BoundedLog {
            BoundedLog(
                path: "\(folder.path)/\(name)", head: settings.logHeadBytes, tail: settings.logTailBytes)
        }
        do {
            pid = try Spawn(
                executable: command.executable, arguments: command.arguments,
                environment: command.environment,
                descriptors: [0: null, 1: out[1], 2: errors[1]], ownSession: false
            ).start()
        } catch {
            close(out[0])
            close(errors[0])
            throw error
        }
        for file in [out[0], errors[0]] { _ = fcntl(file, F_SETFL, O_NONBLOCK) }
        streams = [(out[0], log("stdout.log")), (errors[0], log("stderr.log"))]
        both = log("output.log")
    }

    /// The streams that have not ended.
    var streamFiles: [Int32] { streams.map(\.file) }

    /// Takes what a stream has brought, up to a bound so that the caller's loop goes round.
    func take(from file: Int32) {
        guard let stream = streams.first(where: { $0.file == file }) else { return }
        for _ in 0..<64 {
            let count = read(file, &buffer, buffer.count)
            if count > 0 {
                outputBytes += count
                stream.log.write(buffer[0..<count])
                both.write(buffer[0..<count])
                if count < buffer.count { return }
            } else {
                if count == 0 || (errno != EAGAIN && errno != EINTR) { finishStream(file) }
                return
            }
        }
    }

    /// A child of the wrapper's was reaped: the program itself, or an orphan of its.
    func reaped(_ child: Int32, status: Int32, _ usage: rusage) {
        cpuSeconds += seconds(usage.ru_utime) + seconds(usage.ru_stime)
        maximumResidentBytes = max(maximumResidentBytes, Int64(usage.ru_maxrss) * 1024)
        guard child == pid else { return }
        let signal = status & 0x7f
        end = signal == 0 ? End(exit: (status >> 8) & 0xff) : End(signal: signal)
    }

    /// Sends a signal to the program's group.
    func send(_ signal: Int32) {
        guard end == nil else { return }
        kill(-pid, signal)
    }

    /// Sends a signal to the program alone: mpirun passes it on to its ranks, and would be hit twice by one for its
    /// group.
    func sendToFirst(_ signal: Int32) {
        guard end == nil else { return }
        kill(pid, signal)
    }

    /// Sends a signal to all that the program has started, and not to the program itself.
    func sendToChildren(_ signal: Int32) {
        guard end == nil else { return }
        for process in ProcessTable.descendants(of: pid) where process.pid != pid {
            Leftovers.send(signal, to: process)
        }
    }

    /// Takes the last output and puts the logs together.
    func finish() {
        for file in streamFiles {
            take(from: file)
            finishStream(file)
        }
        both.finish()
    }

    private func finishStream(_ file: Int32) {
        guard let index = streams.firstIndex(where: { $0.file == file }) else { return }
        streams[index].log.finish()
        close(file)
        streams.remove(at: index)
    }

    private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
