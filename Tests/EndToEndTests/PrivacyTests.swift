import DrillKit
import Federation
import Glibc
import Testing
import Wire

extension EndToEndTests {
    /// What stays where it is: an agent's files from other users, a resident artifact's bytes from the depot.
    @Suite(.serialized) struct PrivacyTests {
        @Test func anAgentsFolderIsItsOwn() async throws {
            try await Drill.run("modes") { drill in
                try drill.release()
                let task = try await drill.submitOne(.init(extra: "outputs: {words: {licence: CC0-1.0}}"))
                try await drill.mustComplete(task)
                let folder = drill.deployment.agentFolder("north")
                let found = Self.entries(below: folder)
                for name in ["key.pem", "certificate.pem", "identity.json"] {
                    try drill.demand(found.contains("\(folder)/\(name)"), "no \(name) in \(found.prefix(40))")
                }
                try drill.demand(found.contains { $0.contains("journal") }, "no journal")
                try drill.demand(found.contains { $0.contains("/runs/") }, "no run folder")
                for path in [folder] + found {
                    var facts = stat()
                    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT != S_IFLNK else { continue }
                    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
                    // What a program writes has the modes that it gives; the folders above keep it in.
                    if !isFolder, path.contains("/outputs/") || path.contains("/store/") { continue }
                    try drill.demand(
                        facts.st_mode & 0o077 == 0, "\(path) has the mode \(String(facts.st_mode, radix: 8))")
                }
                guard getuid() == 0 else { return }
                try await Self.mustBeClosedToOthers(drill, [folder] + found)
            }
        }

        /// As another user: nothing of it can be listed or read, even where the folders above are open.
        private static func mustBeClosedToOthers(_ drill: Drill, _ paths: [String]) async throws {
            let above = [drill.deployment.folder, "\(drill.deployment.folder)/agents"]
            for folder in above { chmod(folder, 0o711) }
            defer { for folder in above { chmod(folder, 0o700) } }
            let tries = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c"]
            let script =
                "for path; do ls \"$path\" && echo seen \"$path\"; head -c 1 \"$path\"; done 2>/dev/null"
            let child = try ChildProcess(
                "/usr/bin/env", tries + [script, "sh"] + paths, output: "\(drill.folder)/others")
            _ = try await child.end()
            try drill.demand(
                TextFile.read("\(drill.folder)/others").isEmpty, TextFile.read("\(drill.folder)/others"))
            // The same look at what is open sees it: the try can succeed.
            let control = try ChildProcess(
                "/usr/bin/env", tries + [script, "sh", "/etc/hostname"], output: "\(drill.folder)/control")
            _ = try await control.end()
            try drill.demand(
                TextFile.read("\(drill.folder)/control").contains("seen /etc/hostname"),
                "the try proves nothing")
        }

        private static func entries(below folder: String) -> [String] {
            TextFile.names(in: folder).filter { $0 != "." && $0 != ".." }.flatMap { name in
                let path = "\(folder)/\(name)"
                var facts = stat()
                let isFolder = lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
                return [path] + (isFolder ? entries(below: path) : [])
            }
        }

        @Test func aResidentArtifactsBytesNeverReachTheDepot() async throws {
            try await Drill.run("resident") { drill in
                try drill.release()
                let deployment = drill.deployment
                let extra = "outputs: {words: {licence: CC0-1.0, residency: south}}"
                let task = try await drill.submitOne(.init(site: "south", extra: extra))
                try await drill.mustComplete(task)
                let found: [ArtifactView] = try await deployment.hansa(
                    ["results", drill.name, "--json"], as: "sam"
                ).value()
                let artifact = try #require(found.first)
                try drill.demand(artifact.places == ["south"], "\(artifact)")
                try drill.demand(artifact.bytes > 0 && artifact.residency == "south", "\(artifact)")
                let fetched = try await deployment.hansa(
                    ["results", drill.name, "words", "--output", "\(drill.folder)/words"], as: "sam")
                try drill.demand(fetched.exit == 67, "\(fetched)")

                // The same program's output without that word does reach it.
                let free = try await drill.submit(
                    .init(extra: "outputs: {words: {licence: CC0-1.0}}"), key: "resident-free")
                for task in free { try await drill.mustComplete(task) }
                let depot = "\(deployment.folder)/coordinator/depot"
                let chunks = TextFile.names(in: depot).filter { $0.count == 2 }.flatMap { folder in
                    TextFile.names(in: "\(depot)/\(folder)").map { TextFile.read("\(depot)/\(folder)/\($0)") }
                }
                for task in free {
                    try drill.demand(chunks.contains("words of \(task)\n"), "\(chunks.count)")
                }
                try drill.demand(!chunks.contains { $0.contains("\(task)") }, "the bytes are in the depot")
            }
        }
    }
}
