import Glibc

/// A process to start by `posix_spawn`, which does not copy this process's memory and reports a program that cannot
/// be executed as an error instead of as an exit code.
struct Spawn {
    /// The program's file.
    var executable: String
    /// Its arguments, without the program's own name.
    var arguments: [String]
    /// Its environment, whole.
    var environment: [String: String]
    /// Descriptors that it gets, by the number it sees them under; all others stay here only if they are close-on-exec.
    var descriptors: [Int32: Int32]
    /// A session of its own (outlives the starter's terminal and group), or only a process group of its own.
    var ownSession: Bool

    /// Starts it from the calling thread and returns its pid. Signals are unblocked and at their defaults there.
    func start() throws(FileFault) -> Int32 {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // 0x80 is POSIX_SPAWN_SETSID, which the module leaves out.
        let own = ownSession ? 0x80 : Int(POSIX_SPAWN_SETPGROUP)
        posix_spawnattr_setflags(
            &attributes, Int16(own | Int(POSIX_SPAWN_SETSIGMASK) | Int(POSIX_SPAWN_SETSIGDEF)))
        posix_spawnattr_setpgroup(&attributes, 0)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // First out of the way of the target numbers, then to them: a source may bear the number of another target.
        var staged: [(from: Int32, to: Int32)] = []
        let unused = max(200, (descriptors.values.max() ?? 0) + 1)
        for (index, entry) in descriptors.sorted(by: { $0.key < $1.key }).enumerated() {
            let between = unused + Int32(index)
            posix_spawn_file_actions_adddup2(&actions, entry.value, between)
            staged.append((between, entry.key))
        }
        for move in staged {
            posix_spawn_file_actions_adddup2(&actions, move.from, move.to)
            posix_spawn_file_actions_addclose(&actions, move.from)
        }

        var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
        var envp: [UnsafeMutablePointer<CChar>?] = environment.sorted { $0.key < $1.key }.map {
            strdup("\($0.key)=\($0.value)")
        }
        argv.append(nil)
        envp.append(nil)
        defer { for text in argv + envp { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, executable, &actions, &attributes, argv, envp)
        guard code == 0 else { throw FileFault("start", executable, code: code) }
        return pid
    }
}
