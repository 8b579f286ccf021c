import Glibc

/// Where the batch system's commands are run: on this host, or on another one through ssh. Their meaning must not
/// depend on who runs them, so they get an environment of their own.
struct SlurmShell: Sendable {
    /// The way to the commands.
    enum Way: Hashable, Sendable {
        case local
        /// The words of an ssh command, its destination included.
        case ssh([String])
    }

    var way: Way = .local
    /// Folders with the commands, before `PATH`.
    var folders: [String] = []
    /// Set as `SLURM_CONF` where given.
    var configuration: String?
    /// Time limit of a command, seconds.
    var seconds: Int64 = 60
    /// Where the shared ssh connection's socket lies.
    var controlFolder = "/tmp"

    /// Reads a setting: `local`, or an ssh command like `ssh -p 2222 login.site`. Nil where it is neither.
    static func way(_ text: String) -> Way? {
        let words = text.split(separator: " ").map(String.init)
        if words == ["local"] { return .local }
        guard words.count > 1, let first = words.first, Folder.name(of: first) == "ssh" else { return nil }
        return .ssh(words)
    }

    /// Runs a command to its end. `variables` are for this command alone.
    func run(
        _ program: String, _ arguments: [String], variables: [String: String] = [:], seconds: Int64? = nil
    ) async -> SlurmAnswer {
        let limit = seconds ?? self.seconds
        switch way {
        case .local:
            let environment = localEnvironment(variables)
            let path = environment["PATH"] ?? ""
            guard let file = ProgramSearch.find(program, folders: folders, path: path) else {
                return .denied(
                    "\(program) is not there (looked in \((folders + [path]).joined(separator: ":")))")
            }
            let result = await BoundedCommand(
                executable: file, arguments: arguments, environment: environment, seconds: limit
            ).run()
            return SlurmAnswer(result, of: program, seconds: limit)
        case .ssh(let words):
            let frame = Frame()
            let result = await BoundedCommand(
                executable: "/bin/sh",
                arguments: ["-c", "exec \"$@\"", "ssh", words[0]] + sshOptions + words.dropFirst()
                    + [frame.command(remoteCommand(program, arguments, variables))],
                environment: HostCalls.environment().filter { !$0.key.hasPrefix("HANSA_") }, seconds: limit
            ).run()
            return frame.answer(result, of: program, seconds: limit)
        }
    }

    /// What the commands need of this process's environment, and what fixes their meaning. Variables of the batch
    /// system itself change options behind one's back, so none but the file's name comes along.
    private func localEnvironment(_ variables: [String: String]) -> [String: String] {
        let kept = [
            "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TZ", "LD_LIBRARY_PATH", "SLURM_CONF",
            "XDG_RUNTIME_DIR",
        ]
        var environment = HostCalls.environment().filter { kept.contains($0.key) }
        if environment["PATH"] == nil { environment["PATH"] = "/usr/local/bin:/usr/bin:/bin" }
        environment["LC_ALL"] = "C"
        if let configuration { environment["SLURM_CONF"] = configuration }
        return environment.merging(variables) { $1 }
    }

    private var sshOptions: [String] {
        [
            "-T", "-o", "BatchMode=yes", "-o", "ControlMaster=auto", "-o", "ControlPersist=60", "-o",
            "ControlPath=\(controlFolder)/%C", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15",
            "-o", "ServerAliveCountMax=2",
        ]
    }

    /// The command as one line for a Bourne shell over there, its environment cleaned as `localEnvironment` does.
    private func remoteCommand(
        _ program: String, _ arguments: [String], _ variables: [String: String]
    ) -> String {
        var words = [
            "env", "-i", "HOME=\"$HOME\"", "USER=\"$USER\"", "LOGNAME=\"$LOGNAME\"", "SHELL=\"$SHELL\"",
            "PATH=\"$PATH\"", "LC_ALL=C",
        ]
        if let configuration {
            words.append(SlurmShell.quoted("SLURM_CONF=\(configuration)"))
        } else {
            words.append("${SLURM_CONF:+SLURM_CONF=\"$SLURM_CONF\"}")
        }
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
            words.append(SlurmShell.quoted("\(name)=\(value)"))
        }
        words += ([program] + arguments).map(SlurmShell.quoted)
        let path =
            folders.isEmpty ? "" : "PATH=\(SlurmShell.quoted(folders.joined(separator: ":"))):\"$PATH\"; "
        return "\(path)\(words.joined(separator: " ")) </dev/null"
    }

    /// A word that every Bourne shell takes as it stands.
    static func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension SlurmShell {
    /// Two random lines between which a remote command's output stands: what a server, a profile or an alias prints
    /// before and after is not taken for it, and a connection that broke is not taken for its end.
    struct Frame: Sendable {
        private let mark = RandomName.make()

        /// The command with its frame, as one word for whatever shell the remote user has.
        func command(_ line: String) -> String {
            let script =
                "printf '\\n%s\\n' b\(mark); printf '\\n%s\\n' b\(mark) >&2; \(line); "
                + "printf '\\n%s%s\\n' e\(mark). $?; printf '\\n%s\\n' e\(mark) >&2"
            return "exec /bin/sh -c \(SlurmShell.quoted(script))"
        }

        func answer(_ result: BoundedCommand.Result, of program: String, seconds: Int64) -> SlurmAnswer {
            if case .notStarted = result.end {
                return SlurmAnswer(result, of: "ssh", seconds: seconds)
            }
            guard let (output, code) = inside(result.output) else {
                if case .timedOut = result.end { return SlurmAnswer(result, of: program, seconds: seconds) }
                let words = SlurmAnswer.words(result.errors)
                return .unreachable("the ssh connection broke: \(words.isEmpty ? "no words" : words)")
            }
            let errors = errors(result.errors)
            return SlurmAnswer(
                .init(end: .exit(code), output: output, errors: errors), of: program, seconds: seconds)
        }

        /// What stands between the marks of the output, and the command's exit code.
        private func inside(_ bytes: [UInt8]) -> (output: [UInt8], exit: Int32)? {
            let parts = ByteText.split(bytes, by: Array("\nb\(mark)\n".utf8))
            guard parts.count == 2 else { return nil }
            let ends = ByteText.split(Array(parts[1]), by: Array("\ne\(mark).".utf8))
            guard ends.count == 2 else { return nil }
            let tail = ends[1].prefix { $0 != 0x0A }
            guard tail.count < ends[1].count,
                let code = Int32(String(decoding: tail, as: UTF8.self))
            else { return nil }
            return (Array(ends[0]), code)
        }

        private func errors(_ bytes: [UInt8]) -> [UInt8] {
            let parts = ByteText.split(bytes, by: Array("\nb\(mark)\n".utf8))
            guard parts.count == 2 else { return bytes }
            return Array(ByteText.split(Array(parts[1]), by: Array("\ne\(mark)\n".utf8)).first ?? [])
        }
    }
}
