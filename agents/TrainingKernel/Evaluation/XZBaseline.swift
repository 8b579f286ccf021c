internal import Glibc

/// The baseline that everybody knows: `xz -9e` of the same bytes.
enum XZBaseline {
    /// Bytes of the compressed text, or why there are none.
    static func compressedBytes(_ text: [UInt8]) -> (bytes: Int?, reason: String?) {
        let folder = SystemCall.environment("TMPDIR") ?? "/tmp"
        let input = "\(folder)/hansa-kernel-\(getpid()).txt", output = input + ".xz"
        defer {
            unlink(input)
            unlink(output)
        }
        do {
            try Files.write(text, to: input)
        } catch {
            return (nil, "\(error)")
        }
        switch spawn(["xz", "-9e", "-c", input], output: output) {
        case .failure(let fault): return (nil, fault.message)
        case .success: return (Files.size(output), nil)
        }
    }

    private static func spawn(_ arguments: [String], output: String) -> Result<Void, KernelFault> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child = pid_t()
        let problem = posix_spawnp(&child, arguments[0], &actions, nil, &words, environ)
        guard problem == 0 else {
            return .failure(.system("\(arguments[0]) does not start", problem))
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            return .failure(
                KernelFault(
                    code: .software, message: "\(arguments[0]) ended with status \(status >> 8 & 255)"))
        }
        return .success(())
    }
}
