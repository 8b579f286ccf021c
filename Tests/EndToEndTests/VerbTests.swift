import DrillKit
import Federation
import FoundationEssentials
import Glibc
import Testing
import Wire

extension EndToEndTests {
    /// Every verb of `hansa`, for people and for programs.
    @Suite(.serialized) struct VerbTests {
        /// A verb with arguments that it can do something with.
        struct Verb {
            var words: [String]
            var member = "mara"
            var exit: Int32 = 0
            /// What people are shown contains.
            var shows: String = ""
            /// Whether `--json` prints documents.
            var hasJSON = true
        }

        /// Reading, and what may be done twice.
        private static func verbs(_ task: TaskID, _ campaign: String, in drill: Drill) -> [Verb] {
            let folder = drill.deployment.folder
            let file = "\(drill.folder)/campaign.yaml"
            let site = [
                Verb(words: ["sites"], shows: "north"), Verb(words: ["sites", "north"], shows: "local"),
            ]
            let money = [
                Verb(words: ["budget"], shows: "north-b"),
                Verb(words: ["budget", "--site", "south"], shows: "south-b"),
                Verb(words: ["usage"], shows: "vltava"),
                Verb(words: ["usage", "--by", "site,month", "--csv"], shows: "site,month", hasJSON: false),
                Verb(words: ["audit"], shows: "settle"), Verb(words: ["audit", "entries"], shows: "\(task)"),
                Verb(words: ["audit", "blocks"], shows: "HASH"),
                Verb(words: ["audit", "check"], shows: "everything balances"),
                Verb(words: ["report"], shows: "Vltava"),
                Verb(words: ["report", "programme"], shows: "Vltava"),
                Verb(words: ["report", "scores", campaign], shows: "no scores yet"),
                Verb(words: ["report", "summary", campaign], shows: "\"sites\""),
            ]
            let work = [
                Verb(words: ["queue", "--all"], member: "sam", shows: "\(task)"),
                Verb(words: ["show", "\(task)"], member: "sam", shows: "completed"),
                Verb(words: ["show", campaign], member: "sam", shows: "1 completed"),
                Verb(words: ["logs", "\(task)"], member: "sam", shows: "did the work of \(task)"),
                Verb(words: ["logs", "-f", "\(task)"], member: "sam", shows: "did the work of \(task)"),
                Verb(words: ["why", "\(task)"], member: "sam"),
                Verb(words: ["quote", file], member: "sam", shows: "north"),
                Verb(words: ["results", campaign], member: "sam", shows: "words"),
                Verb(words: ["wait", campaign], member: "sam", shows: "1/1"),
                Verb(words: ["cancel", campaign], member: "sam"),
                Verb(words: ["submit", file, "--key", drill.name, "--wait"], member: "sam", shows: campaign),
            ]
            let admin = [
                Verb(words: ["admin", "member"], shows: "sam"),
                Verb(words: ["admin", "member", "list"], shows: "alistair"),
                Verb(words: ["admin", "token", "sam"], member: "admin", shows: "hansa_"),
                Verb(words: ["admin", "link"], shows: "https://"),
                Verb(words: ["admin", "link", "sam"], member: "admin", shows: "https://"),
                Verb(words: ["admin", "alarms"]),
                Verb(
                    words: ["admin", "grant", "south-b", "1 core-hours", "--reason", "drill"],
                    shows: "granted"),
                Verb(
                    words: [
                        "admin", "transfer", "1 core-hours", "--from", "north-b", "--to", "small-b",
                        "--reason",
                        "drill",
                    ], shows: "moved"),
                Verb(
                    words: ["admin", "decide", "spare", "--verdict", "allow", "--reason", "drill"],
                    shows: "allow recorded"),
                Verb(
                    words: ["admin", "write-off", "\(task).1.1", "--reason", "drill"], exit: 67,
                    hasJSON: false),
                Verb(words: ["admin", "programme", "apply", "\(folder)/programme.yaml"]),
                Verb(words: ["admin", "site", "apply", "\(folder)/north.yaml"]),
                Verb(
                    words: ["admin", "site", "reread", "north", "--from", "2026-01-01"],
                    shows: "north reads the record of"),
                Verb(words: ["admin", "agent", "enrol", "south-spare", "--site", "south"], shows: "token"),
                Verb(
                    words: ["admin", "agent", "waive", "north", "--reason", "drill"], exit: 68,
                    hasJSON: false),
                Verb(words: ["admin", "agent", "drain", "north"], shows: "gets no new work"),
                Verb(words: ["admin", "agent", "drain", "north", "--undo"], shows: "gets work again"),
            ]
            return site + money + work + admin
        }

        @Test func everyVerbForPeopleAndPrograms() async throws {
            try await Drill.run("verbs") { drill in
                let deployment = drill.deployment
                try drill.release()
                let task = try await drill.submitOne(.init(extra: "outputs: {words: {licence: CC0-1.0}}"))
                try await drill.mustComplete(task)
                let detail = try await drill.detail(task)
                let campaign = detail.task.campaign.rawValue
                // Those of the courier are in its own drills.
                var used: Set<String> = [
                    "login", "admin agent revoke", "admin agent move", "admin member add",
                    "admin member erase",
                    "admin token make", "admin token revoke", "admin site retire", "admin site record",
                    "courier carry", "courier enrol",
                ]
                for verb in Self.verbs(task, campaign, in: drill) {
                    used.insert(verb.words.joined(separator: " "))
                    let shown = try await deployment.hansa(verb.words, as: verb.member).exiting(verb.exit)
                    try drill.demand(shown.output.contains(verb.shows), "\(verb.shows) is not in \(shown)")
                    if verb.exit != 0 { try drill.demand(!shown.errors.isEmpty, "\(shown)") }
                    guard verb.hasJSON else { continue }
                    let told = try await deployment.hansa(verb.words + ["--json"], as: verb.member).exiting()
                    try drill.demand(Self.isJSON(told.output), "no JSON: \(told)")
                }
                try await fetch(drill, campaign)
                try await once(drill)
                try await close(drill)
                // Each leaf of the command tree was called.
                for path in try await Self.leaves(deployment) {
                    try drill.demand(
                        used.contains { ($0 + " ").hasPrefix(path + " ") }, "hansa \(path) was never called")
                }
            }
        }

        private func fetch(_ drill: Drill, _ campaign: String) async throws {
            let words = ["results", campaign, "words", "--output", "\(drill.folder)/words"]
            try await Patience.until("the artifact can be fetched", seconds: 15) {
                try await drill.deployment.hansa(words, as: "sam").exit == 0
            }
            try drill.demand(!TextFile.read("\(drill.folder)/words/words.txt").isEmpty, "nothing was fetched")
        }

        /// What cannot be done twice, and the settings file.
        private func once(_ drill: Drill) async throws {
            let deployment = drill.deployment
            let add = ["admin", "member", "add"]
            let rest = ["--partner", "vltava", "--name", "A newcomer", "--role", "submitter"]
            let shown = try await deployment.hansa(add + ["newcomer"] + rest).exiting()
            try drill.demand(shown.output.contains("newcomer of vltava"), "\(shown)")
            let added: MemberView = try await deployment.hansa(add + ["newcomer2"] + rest + ["--json"])
                .value()
            try drill.demand(added.roles == [.submitter], "\(added)")
            try await deployment.enrol("south-spare", site: "south")
            let revoke = ["admin", "agent", "revoke", "south-spare"]
            let revoked = try await deployment.hansa(revoke).exiting()
            try drill.demand(revoked.output.contains("revoked"), "\(revoked)")
            try drill.demand(
                Self.isJSON(try await deployment.hansa(revoke + ["--json"]).exiting().output), "no JSON")

            for words in [["agent", "move", "south-spare"], ["member", "erase", "newcomer2"]] {
                let changed = try await deployment.hansa(["admin"] + words + ["--json"]).exiting()
                try drill.demand(Self.isJSON(changed.output), "no JSON: \(changed)")
            }
            let made: TokenAnswer = try await deployment.hansa(
                ["admin", "token", "make", "newcomer", "--json"], as: "admin"
            ).value()
            let ended = try await deployment.hansa(
                ["admin", "token", "revoke", String(made.token.prefix(14))], as: "admin"
            ).exiting()
            try drill.demand(ended.output.contains("ended"), "\(ended)")

            let settings = ["HANSA_SETTINGS": "\(drill.folder)/settings.yaml", "HANSA_TOKEN": ""]
            let login = [
                "login", "--url", "https://127.0.0.1:\(deployment.people)", "--ca",
                "\(deployment.folder)/coordinator/authority.pem",
            ]
            try TextFile.write("hansa_wrong\n", to: "\(drill.folder)/token")
            let refused = try await deployment.hansa(
                login, input: "\(drill.folder)/token", environment: settings)
            try drill.demand(refused.exit == 77, "\(refused)")
            try drill.demand(TextFile.read("\(drill.folder)/settings.yaml").isEmpty, "it was remembered")
            let known = try await deployment.hansa(
                login, input: "\(deployment.folder)/tokens/sam", environment: settings
            ).exiting()
            try drill.demand(known.output.contains("sam"), "\(known)")
            try drill.demand(
                TextFile.read("\(drill.folder)/settings.yaml").contains("hansa_"), "nothing was remembered")
        }

        /// A site that nothing ever ran at is opened and closed.
        private func close(_ drill: Drill) async throws {
            let deployment = drill.deployment
            try TextFile.write(DrillDocuments.site("old"), to: "\(drill.folder)/old.yaml")
            _ = try await deployment.hansa(["admin", "site", "apply", "\(drill.folder)/old.yaml"]).exiting()
            let retire = ["admin", "site", "retire", "old", "--reason", "drill"]
            let closed = try await deployment.hansa(retire).exiting()
            try drill.demand(closed.output.contains("closed"), "\(closed)")
            let again = try await deployment.hansa(retire + ["--json"]).exiting()
            try drill.demand(Self.isJSON(again.output), "no JSON: \(again)")
            try TextFile.write("source: drill\nrecord: []\n", to: "\(drill.folder)/record.yaml")
            let record = ["admin", "site", "record", "old", "\(drill.folder)/record.yaml"]
            let booked = try await deployment.hansa(record).exiting()
            try drill.demand(booked.output.contains("nothing to change"), "\(booked)")
            try drill.demand(
                Self.isJSON(try await deployment.hansa(record + ["--json"]).exiting().output), "no JSON")
        }

        @Test func aCompletionScriptForEachShell() async throws {
            try await Drill.run("completion") { drill in
                for (shell, mark) in [("bash", "complete -"), ("zsh", "#compdef"), ("fish", "complete -c")] {
                    let script = try await drill.deployment.hansa(["--generate-completion-script", shell])
                        .exiting().output
                    try drill.demand(script.contains(mark), "\(shell): \(script.prefix(200))")
                    for word in ["submit", "write-off", "--follow"] {
                        try drill.demand(
                            script.contains(word.replacing("--", with: "")), "\(shell): no \(word)")
                    }
                }
            }
        }

        @Test func standardInputOfAHundredMegabytes() async throws {
            try await Drill.run("large-input") { drill in
                let file = "\(drill.folder)/large.yaml"
                try TextFile.write("name: x\n", to: file)
                guard truncate(file, 100 << 20) == 0 else { throw DrillFault("cannot make \(file)") }
                for words in [["submit", "-"], ["quote", "-"]] {
                    let answer = try await drill.deployment.hansa(words, as: "sam", input: file)
                    try drill.demand(answer.exit == 65, "\(answer)")
                    try drill.demand(
                        answer.errors.contains("MiB") || answer.errors.contains("bytes"), "\(answer)")
                }
            }
        }

        /// Whether the text is JSON, or several documents of it one after the other.
        private static func isJSON(_ text: String) -> Bool {
            if (try? WireJSON.value(JSONValue.self, from: Array(text.utf8))) != nil { return true }
            var documents: [String] = []
            for line in text.split(separator: "\n") {
                // Pretty-printed: a document's first and last line are not indented.
                if documents.isEmpty || (!line.hasPrefix(" ") && !line.hasPrefix("}") && !line.hasPrefix("]"))
                {
                    documents.append("")
                }
                documents[documents.count - 1] += line + "\n"
            }
            return !documents.isEmpty
                && documents.allSatisfy {
                    (try? WireJSON.value(JSONValue.self, from: Array($0.utf8))) != nil
                }
        }

        /// The paths of all commands that have none below them.
        private static func leaves(_ deployment: Deployment) async throws -> [String] {
            let dump: JSONValue = try await deployment.hansa(["--experimental-dump-help"]).value()
            guard let root = dump["command"] else { throw DrillFault("no command tree") }
            var found: [String] = []
            func walk(_ command: JSONValue, _ path: [String]) {
                guard case .array(let below)? = command["subcommands"], !below.isEmpty else {
                    return found.append(path.joined(separator: " "))
                }
                for child in below where child["commandName"]?.text != "help" {
                    walk(child, path + [child["commandName"]?.text ?? ""])
                }
            }
            walk(root, [])
            guard found.count > 20 else { throw DrillFault("only \(found)") }
            return found
        }
    }
}
