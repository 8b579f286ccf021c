import Glibc

/// A shell that owns one temporary Postgres: it makes the cluster, starts and stops it on command, and when our
/// end of its input closes (because this process ends, however) it stops the server and removes the folder.
final class PostgresSupervisor: Sendable {
    private typealias Failure = SupervisorShell.Failure

    /// Also the socket's folder: kept short, a socket's path has at most 107 bytes.
    let folder: String
    private let shell: SupervisorShell

    /// Each command answers with one line, `ok` or `failed`.
    private static let script = """
        bin=$1 folder=$2 durable=$3
        cd /  # the clone may be closed to this user, and initdb wants to come back to where it was started
        log=$folder/log server=
        options="-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=200"
        options="$options -c shared_buffers=64MB -c timezone=UTC -c max_prepared_transactions=4"
        [ "$durable" = yes ] || options="$options -c fsync=off -c full_page_writes=off"
        # A child of ours, so that it is reaped whatever ends it. After a crash the old server's children may
        # still hold its memory for a moment: then it is tried again.
        start() {
            for round in 1 2 3 4 5 6 7 8 9 10; do
                "$bin/postgres" -D "$folder/data" $options </dev/null >>"$log" 2>&1 &
                server=$!
                while kill -0 $server 2>/dev/null; do
                    "$bin/pg_isready" -q -h "$folder" && return 0
                    sleep 0.05
                done
                wait $server
                sleep 0.2
            done
            return 1
        }
        end() { [ -z "$server" ] || { kill -$1 $server; wait $server 2>>"$log"; server=; } 2>>"$log"; }
        trap '' PIPE  # an answer that nobody reads any more must not keep us from cleaning up
        while read -r command; do
            case $command in
            create) "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \\
                >>"$log" 2>&1 ;;
            start) start ;;
            stop) end INT; true ;;
            crash) end KILL; true ;;
            esac
            if [ $? = 0 ]; then echo ok; else echo failed; fi 2>/dev/null
        done
        end QUIT
        rm -rf "$folder"
        """

    /// Starts the shell; nothing is made yet.
    init(durable: Bool) throws {
        let bin = try Self.binaries()
        var template = Array("/tmp/hansa-pg-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(description: "no temporary folder in /tmp") }
        folder = String(cString: made)
        var arguments = ["/bin/sh", "-c", Self.script, "postgres", bin, folder, durable ? "yes" : "no"]
        // Postgres refuses to run as root.
        if geteuid() == 0 {
            guard let user = getpwnam("postgres") else {
                throw Failure(description: "running as root needs a system user named postgres")
            }
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
            let rights = ["--reuid=postgres", "--regid=postgres", "--clear-groups"]
            arguments = ["/usr/bin/setpriv"] + rights + arguments
        }
        shell = try SupervisorShell(arguments)
    }

    /// Gives a command and waits for its end, off the cooperative pool.
    func run(_ command: String) async throws {
        let answer = await shell.answer(to: command)
        guard answer == "ok" else {
            throw Failure(description: "Postgres: \(command) failed; see \(folder)/log:\n\(logTail())")
        }
    }

    private func logTail() -> String {
        guard let file = fopen(folder + "/log", "r") else { return "" }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer[..<count].suffix(2000), as: UTF8.self)
    }

    /// The newest installed server's programs.
    private static func binaries() throws -> String {
        var found = glob_t()
        defer { globfree(&found) }
        var folders: [String] = []
        if glob("/usr/lib/postgresql/*/bin/initdb", 0, nil, &found) == 0 {
            for index in 0..<Int(found.gl_pathc) {
                if let path = found.gl_pathv[index] {
                    folders.append(String(String(cString: path).dropLast(7)))
                }
            }
        }
        if access("/usr/bin/initdb", X_OK) == 0 { folders.append("/usr/bin") }
        func version(_ path: String) -> Int { path.split(separator: "/").compactMap { Int($0) }.first ?? 0 }
        guard let newest = folders.max(by: { version($0) < version($1) }) else {
            throw Failure(description: "no Postgres server found in /usr/lib/postgresql/*/bin")
        }
        return newest
    }
}
