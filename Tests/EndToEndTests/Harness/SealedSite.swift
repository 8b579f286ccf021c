import DrillKit
import Federation
import Glibc

/// A network namespace with nothing but a loopback of its own, in which a site's agent lives. It takes ssh in, over a
/// pipe that stands for the site's login node; nothing in it reaches out.
struct SealedSite {
    private let holder: ChildProcess
    private let server: TestSSHServer
    private let folder: String

    /// Whether it can be had here: containers deny it to root too.
    static let isPossible = system("unshare --net ip link set lo up >/dev/null 2>&1") == 0

    /// Makes the namespace and the keys.
    init(folder: String) async throws {
        self.folder = folder
        server = try await TestSSHServer(folder: "\(folder)/ssh", noise: false)
        // Its own way in is the pipe below; what listened on this host's loopback is not needed.
        try await server.stop()
        holder = try ChildProcess(
            "/usr/bin/unshare",
            ["--net", "/bin/sh", "-c", "ip link set lo up && echo up && exec sleep 3600"],
            output: "\(folder)/namespace.log")
        let log = "\(folder)/namespace.log"
        try await Patience.until("the namespace is there") { TextFile.read(log).contains("up") }
    }

    /// The words before a program that is to run in there.
    var words: [String] { ["--net=/proc/\(holder.pid)/ns/net"] }

    /// Runs a shell script in there and answers what it printed.
    func ask(_ script: String) async throws -> String {
        let file = "\(folder)/asked"
        let child = try ChildProcess(
            "/usr/bin/nsenter", words + ["/bin/bash", "-c", script], output: file, errors: "/dev/null")
        _ = try await child.end()
        defer { unlink(file) }
        return TextFile.read(file).trimmed
    }

    /// Whether a connection to that port of its loopback comes about in there.
    func opens(_ port: UInt16) async throws -> Bool {
        try await ask("(exec 3<>/dev/tcp/127.0.0.1/\(port)) 2>/dev/null && echo yes") == "yes"
    }

    /// A tunnel from the coordinator's side: in there, `port` leads to `target` of this host.
    func tunnel(port: UInt16, to target: UInt16) async throws -> ChildProcess {
        let daemon = "nsenter \(words[0]) /usr/sbin/sshd -i -f \(server.folder)/sshd_config"
        let client = try ChildProcess(
            "/usr/bin/ssh",
            [
                "-F", server.clientConfig, "-o", "ProxyCommand=\(daemon)", "-o", "ExitOnForwardFailure=yes",
                "-o", "BatchMode=yes", "-N", "-R", "127.0.0.1:\(port):127.0.0.1:\(target)", "127.0.0.1",
            ], output: "\(folder)/tunnel.log")
        let log = "\(folder)/tunnel.log"
        try await Patience.until("the tunnel stands") {
            if let exit = client.exit { throw DrillFault("ssh ended with \(exit): \(TextFile.read(log))") }
            return try await opens(port)
        }
        return client
    }

    /// Ends it.
    func end() async throws {
        holder.send(SIGKILL)
        _ = try await holder.end()
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
