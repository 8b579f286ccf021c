internal import Glibc
internal import Synchronization

/// One run of another program, found on the PATH, with its output read to the end.
struct ChildProgram {
    let arguments: [String]

    /// Held from making pipes to the child's start: glibc's module has no `pipe2`, and a child started by another
    /// thread between `pipe` and `fcntl` would keep this one's pipe open.
    private static let starting = Mutex(())

    init(_ arguments: [String]) {
        self.arguments = arguments
    }

    struct Outcome {
        /// The exit status; 128 plus the signal's number when a signal ended it.
        let status: Int32
        let output: [UInt8]
        let complaints: String
    }

    func run() throws(CorpusFault) -> Outcome {
        var output: [UInt8] = []
        let (status, complaints) = try run { output.append(contentsOf: $0) }
        return Outcome(status: status, output: output, complaints: complaints)
    }

    /// Runs the program and hands on its standard output while it comes. Both pipes are read by turns, so a child
    /// that writes much to either never blocks for ever.
    func run(receive: (UnsafeRawBufferPointer) -> Void) throws(CorpusFault) -> (
        status: Int32, complaints: String
    ) {
        let (child, output, errors) = try Self.starting.withLock { (_) throws(CorpusFault) in
            try startWithPipes()
        }
        let complaints = Self.drain(output: output, errors: errors, receive: receive)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        let text = String(decoding: complaints, as: UTF8.self)
        return (signal == 0 ? (status >> 8) & 0xff : 128 + signal, text)
    }

    private func startWithPipes() throws(CorpusFault) -> (child: pid_t, output: Int32, errors: Int32) {
        let output = try Self.pipe()
        defer { close(output.write) }
        let errors = try Self.pipe()
        defer { close(errors.write) }
        do {
            return (try start(output: output.write, errors: errors.write), output.read, errors.read)
        } catch {
            close(output.read)
            close(errors.read)
            throw error
        }
    }

    private static func pipe() throws(CorpusFault) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else {
            throw CorpusFault(.file, "no pipe for a child program: \(FileFailure.reason)")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private func start(output: Int32, errors: Int32) throws(CorpusFault) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        // Messages are shown to people and searched for words: keep them in one language.
        let kept = Self.environment().filter { !$0.hasPrefix("LC_") && !$0.hasPrefix("LANG") }
        var variables: [UnsafeMutablePointer<CChar>?] =
            (kept + ["LC_ALL=C.UTF-8"]).map { strdup($0) } + [nil]
        defer {
            for word in words + variables { free(word) }
        }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, arguments[0], &actions, nil, &words, &variables)
        guard failure == 0 else {
            throw CorpusFault(.host, "cannot run \(arguments[0]): \(String(cString: strerror(failure)))")
        }
        return child
    }

    private static func environment() -> [String] {
        var all: [String] = []
        var entry = environ
        while let text = entry.pointee {
            all.append(String(cString: text))
            entry += 1
        }
        return all
    }

    private static func drain(
        output: Int32, errors: Int32, receive: (UnsafeRawBufferPointer) -> Void
    ) -> [UInt8] {
        var complaints: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var polled = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        while polled.contains(where: { $0.fd >= 0 }) {
            guard poll(&polled, 2, -1) >= 0 else {
                if errno == EINTR { continue }
                break
            }
            for index in 0..<2 where polled[index].fd >= 0 && polled[index].revents != 0 {
                let count = read(polled[index].fd, &buffer, buffer.count)
                if count > 0, index == 0 {
                    buffer.withUnsafeBytes { receive(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
                } else if count > 0 {
                    // 64 kB of complaints say enough.
                    complaints.append(contentsOf: buffer[0..<min(count, max(0, 65536 - complaints.count))])
                } else if count == 0 || errno != EINTR {
                    close(polled[index].fd)
                    polled[index].fd = -1
                }
            }
        }
        for entry in polled where entry.fd >= 0 { close(entry.fd) }
        return complaints
    }
}
