import Glibc

/// The two commands that are not for people: the wrapper and its watchdog. They run before anything else of the
/// program is set up, on its main thread.
public enum InternalCommands {
    /// Runs the command and returns its exit code, or nil where the arguments are not one of these commands.
    public static func run(_ arguments: [String]) -> Int32? {
        guard arguments.count == 3 else { return nil }
        switch arguments[1] {
        case "run-pack": return runPack(arguments[2])
        case "watch": return watch(arguments[2])
        default: return nil
        }
    }

    /// This program's own file.
    public static var executable: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return CommandLine.arguments.first ?? "hansa-agent" }
        let path = String(decoding: buffer[0..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // An agent that was replaced while it runs starts its jobs with the new program.
        return path.hasSuffix(" (deleted)") ? String(path.dropLast(10)) : path
    }

    private static func runPack(_ folder: String) -> Int32 {
        let environment = HostCalls.environment()
        let slots = (environment["HANSA_SLOT_FILES"] ?? "").split(separator: ",").compactMap { Int32($0) }
        HostCalls.closeInherited(except: Set(slots))
        do {
            return try PackRun(folder: folder, executable: executable, environment: environment).run()
                .rawValue
        } catch {
            complain("run-pack", error)
            return PackRun.Exit.unusable.rawValue
        }
    }

    private static func watch(_ folder: String) -> Int32 {
        do {
            try Watchdog(folder: RunFolder(path: folder)).run()
            return 0
        } catch {
            complain("watch", error)
            return 78
        }
    }

    private static func complain(_ command: String, _ error: any Error) {
        let line = Array("hansa-agent \(command): \(error)\n".utf8)
        try? DurableFile.writeAll(line, to: 2, path: "stderr")
    }
}
