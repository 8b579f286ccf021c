import Glibc

@testable import SiteAgent

/// A command of the system, for set-up.
enum Command {
    static func run(_ name: String, _ arguments: [String]) async throws -> Int32? {
        let path = ProgramSearch.find(name, folders: [], path: "/usr/sbin:/usr/bin:/sbin:/bin") ?? name
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let pid = try Spawn(
            executable: path, arguments: arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"],
            descriptors: [0: null, 1: null, 2: null], ownSession: false
        ).start()
        return await TestPack.ended(pid)
    }

    static func grow(_ path: String) async -> Bool {
        (try? await run("mount", ["-o", "remount,size=64m", path])) == 0
    }
}
