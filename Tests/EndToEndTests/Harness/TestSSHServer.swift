import DrillKit
import Glibc

/// A real sshd on this host's own address, with keys of its own, for the time of one test.
struct TestSSHServer {
    let folder: String
    /// The client's settings, for `ssh -F`.
    let clientConfig: String
    private let process: ChildProcess

    /// Starts one. With `noise` it shows a banner, and its account prints before and after every command.
    init(folder: String, noise: Bool) async throws {
        self.folder = folder
        clientConfig = "\(folder)/ssh_config"
        mkdir(folder, 0o700)
        for name in ["host", "client"] {
            let made = try ChildProcess(
                "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(name)"],
                output: "\(folder)/keygen.log")
            guard try await made.end() == 0 else { throw DrillFault(TextFile.read("\(folder)/keygen.log")) }
        }
        try TextFile.write(TextFile.read("\(folder)/client.pub"), to: "\(folder)/authorized_keys")
        try TextFile.write("Only for those who may.\nAll is logged.\n", to: "\(folder)/banner")
        try TextFile.write(
            "#!/bin/sh\necho \"Welcome; quota 12%\"\necho noise >&2\n/bin/sh -c \"$SSH_ORIGINAL_COMMAND\"\n"
                + "code=$?\necho Goodbye\nexit $code\n", to: "\(folder)/noisy.sh", mode: 0o755)
        let port = try FreePort.any()
        let loud = "Banner \(folder)/banner\nForceCommand \(folder)/noisy.sh\n"
        try TextFile.write(
            """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder)/host
            PidFile \(folder)/pid
            AuthorizedKeysFile \(folder)/authorized_keys
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            \(noise ? loud : "")
            """, to: "\(folder)/sshd_config")
        let host = TextFile.read("\(folder)/host.pub").split(separator: " ").prefix(2).joined(separator: " ")
        try TextFile.write("[127.0.0.1]:\(port) \(host)\n", to: "\(folder)/known_hosts")
        try TextFile.write(
            """
            Host 127.0.0.1
              Port \(port)
              IdentityFile \(folder)/client
              IdentitiesOnly yes
              UserKnownHostsFile \(folder)/known_hosts
              StrictHostKeyChecking yes
            """, to: clientConfig)
        // Where root runs it, sshd wants the empty folder that the system's start would have made.
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        process = try ChildProcess(
            "/usr/sbin/sshd", ["-D", "-e", "-f", "\(folder)/sshd_config"], output: "\(folder)/sshd.log")
        let log = "\(folder)/sshd.log"
        let running = process
        try await Patience.until("sshd listens") {
            if let exit = running.exit { throw DrillFault("sshd ended with \(exit): \(TextFile.read(log))") }
            return TextFile.read(log).contains("listening")
        }
    }

    /// Ends it.
    func stop() async throws {
        process.send(SIGTERM)
        _ = try await process.end()
    }
}
