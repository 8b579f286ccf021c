import Federation
import Glibc
import Testing

extension EndToEndTests {
    /// An agent whose folder, journal and run folders alike, has no room left; in a mount namespace of its own, so that
    /// anybody may try it.
    @Suite(.serialized) struct FullDiskTests {
        /// The agent's folder becomes a small disk with a copy of it, and what stands there at the end is brought back.
        private static let script = """
            set -e
            mkdir "$1.under"
            mount --bind "$1" "$1.under"
            mount -t tmpfs -o size=8m,mode=700 none "$1"
            cp -a "$1.under/." "$1"
            trap 'kill -TERM $agent' TERM
            "$2" serve --folder "$1" --config "$1.yaml" &
            agent=$!
            wait $agent || wait $agent || true
            cp -a "$1/." "$1.under"
            """

        private static var namespace: [String] { getuid() == 0 ? ["unshare", "-m"] : ["unshare", "-rm"] }

        private static let isPossible =
            system((namespace + ["mount -t tmpfs none /mnt 2>/dev/null"]).joined(separator: " ")) == 0

        @Test(.enabled(if: FullDiskTests.isPossible)) func itGoesOnWhenThereIsRoomAgain() async throws {
            try await Drill.run("full-disk") { drill in
                let deployment = drill.deployment
                let folder = deployment.agentFolder("north")
                try await drill.running(
                    "north", as: "/usr/bin/env",
                    Self.namespace + [
                        "sh", "-c", Self.script, "small-disk", folder, Programs.path("hansa-agent"),
                    ]
                ) {
                    let inside = "/proc/\(try await deployment.process("north").pid)/root\(folder)"
                    try drill.demand(Self.fill("\(inside)/fill") > 1 << 20, "nothing was filled")
                    let log = "\(deployment.folder)/logs/north.log"
                    let before = TextFile.read(log).count
                    let task = try await drill.submitOne()
                    try await Patience.until("the agent says that there is no room") {
                        let said = TextFile.read(log).dropFirst(before)
                        return said.contains("no room") || said.contains("No space")
                    }
                    try drill.demand(drill.ledger(task).starts == 0, "it runs without its folder")
                    unlink("\(inside)/fill")
                    try await drill.begun(task)
                    try drill.release()
                    try await drill.mustComplete(task)
                }
            }
        }

        /// Writes until there is no room; answers how many bytes that were.
        private static func fill(_ path: String) -> Int {
            let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard file >= 0 else { return 0 }
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: 4096)
            var filled = 0
            while !bytes.isEmpty {
                let count = write(file, bytes, bytes.count)
                if count > 0 { filled += count } else { bytes.removeLast(bytes.count - bytes.count / 2) }
            }
            return filled
        }
    }
}
