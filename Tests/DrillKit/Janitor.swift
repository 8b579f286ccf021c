import Glibc

/// A shell that waits until this process lets go of it, however that comes about, and then ends every process that
/// names the deployment's folder in its arguments or environment, and removes the folder. So nothing outlives a test
/// run that was killed. A command may follow, for what is not a process.
package final class Janitor: Sendable {
    private let channel: Int32
    private let shell: ChildProcess

    private static let script = """
        folder=$1; shift
        read -r nothing
        found=1
        while [ $found = 1 ]; do
            found=0
            for entry in /proc/[0-9]*; do
                pid=${entry#/proc/}
                [ "$pid" = $$ ] && continue
                grep -qsF -e "$folder" "$entry/cmdline" "$entry/environ" || continue
                grep -qs '^State:.*[ZX] (' "$entry/status" && continue
                [ -r "$entry/status" ] || continue
                # The command substitutions and greps of this very shell carry the name as well.
                [ "$(sed -n 's/^PPid:[[:space:]]*//p' "$entry/status" 2>/dev/null)" = $$ ] && continue
                kill -KILL "$pid" 2>/dev/null && found=1
            done
            [ $found = 1 ] && sleep 0.05
        done
        rm -rf "$folder"
        [ $# = 0 ] || exec "$@" >/dev/null 2>&1
        """

    package init(folder: String, then command: [String] = []) throws {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw DrillFault("no socket pair") }
        shell = try ChildProcess(
            "/bin/sh", ["-c", Self.script, "janitor", folder] + command, output: "/dev/null", input: ends[0])
        close(ends[0])
        channel = ends[1]
    }

    deinit { close(channel) }

    /// Cleans up now and waits until it is done.
    package func clean() async throws {
        let line: [UInt8] = [10]
        guard send(channel, line, 1, Int32(MSG_NOSIGNAL)) == 1 else {
            throw DrillFault("the janitor is gone")
        }
        _ = try await shell.end(seconds: 60)
    }
}
