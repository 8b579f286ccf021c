import Glibc

@testable import SiteAgent

/// A real sshd on this host, for one test: with a banner, and with noise before and after every command, as profiles and
/// aliases of login nodes make it.
final class SecureShellServer: Sendable {
    let port: Int
    private let scratch: Scratch
    private let pid: Int32

    init(_ scratch: Scratch) async throws {
        self.scratch = scratch
        let folder = "\(scratch.path)/sshd"
        try Folder.make(folder)
        for key in ["host", "user"] {
            guard
                try await Command.run(
                    "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(key)"]) == 0
            else { throw TestCluster.Failure(description: "ssh-keygen") }
        }
        let noisy = """
            #!/bin/sh
            echo "Welcome to the login node"; echo "quota: 17 %" >&2
            sh -c "$SSH_ORIGINAL_COMMAND"
            echo "Good bye"; echo "module unloaded" >&2
            """
        try DurableFile.write(Array("Authorised use only.\n".utf8), to: "\(folder)/banner")
        try DurableFile.write(Array("\(noisy)\n".utf8), to: "\(folder)/noisy", mode: 0o755)
        port = try SecureShellServer.freePort()
        let configuration = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder)/host
            AuthorizedKeysFile \(folder)/user.pub
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            Banner \(folder)/banner
            ForceCommand \(folder)/noisy
            """
        try DurableFile.write(Array("\(configuration)\n".utf8), to: "\(folder)/config")
        // sshd run by root wants this folder, which its service would have made.
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        pid = try Spawn(
            executable: "/usr/sbin/sshd", arguments: ["-D", "-f", "\(folder)/config"],
            environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"], descriptors: [0: null, 1: null, 2: null],
            ownSession: true
        ).start()
    }

    deinit {
        kill(-pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    /// The setting that leads here.
    var setting: String {
        let options = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
        return "ssh -F none -p \(port) -i \(scratch.path)/sshd/user \(options) 127.0.0.1"
    }

    private static func freePort() throws -> Int {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(file) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, length) == 0 && getsockname(file, $0, &length) == 0
            }
        }
        guard bound else { throw TestCluster.Failure(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
