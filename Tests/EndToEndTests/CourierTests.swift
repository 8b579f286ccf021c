import DrillKit
import Federation
import Glibc
import Testing
import Wire

extension EndToEndTests {
    /// A site that no network leaves, with the real programs at both ends.
    @Suite(.serialized) struct CourierTests {
        private static func campaign(_ drill: Drill) -> String {
            """
            name: \(drill.name)
            programme: drills
            activity: test
            tasks:
              - name: first
                kind: data
                program: \(drill.deployment.folder)/work.sh
                arguments: ["\(drill.folder)"]
                resources: {cores: 1, memory: 64MiB, walltime: 60s}
                outputs: {words: {licence: CC0-1.0}}
                sites: [east]
              - name: second
                kind: data
                program: /bin/sh
                arguments: ["-c", "cat $HANSA_INPUTS/words/words.txt > $HANSA_OUTPUTS/copy/copy.txt; echo $HANSA_ATTEMPT >> \(drill.folder)/second"]
                inputs: {words: words}
                outputs: {copy: {licence: CC0-1.0}}
                resources: {cores: 1, memory: 64MiB, walltime: 60s}
                sites: [east]
            """
        }

        private static func judge(_ drill: Drill, _ tasks: [TaskID]) async throws {
            try await drill.mustComplete(tasks[0])
            let second = try await drill.over(tasks[1])
            try drill.demand(second.task.state == .completed, "\(second.task.state): \(second.attempts)")
            let ran = TextFile.read("\(drill.folder)/second").split(separator: "\n")
            try drill.demand(ran.count == 1, "the second ran as \(ran)")
            let target = "\(drill.folder)/fetched"
            _ = try await drill.deployment.hansa(
                ["results", drill.name, "copy", "--output", target], as: "sam"
            ).exiting()
            let copy = TextFile.read("\(target)/copy.txt")
            try drill.demand(copy == "words of \(tasks[0])\n", "fetched: \(copy)")
        }

        @Test func inputsAndOutputsByFilesThatAreLostAndRepeated() async throws {
            try await Drill.run("courier") { drill in
                try drill.release()
                let site = CourierSite(deployment: drill.deployment)
                try await site.serving {
                    let tasks = try await drill.submit(document: CourierTests.campaign(drill))
                    var faults = 0
                    var kept: [String: String] = [:]
                    for round in 1...120 {
                        if try await site.areOver(tasks, drill) { break }
                        let cycle = try await site.cycle()
                        try drill.demand(cycle.exit == 0, "\(cycle)")
                        if round % 7 == 4, let lost = site.bundles(in: site.outbox).last {
                            faults += unlink("\(site.outbox)/\(lost)") == 0 ? 1 : 0
                        }
                        let carry = try await site.carry()
                        try drill.demand(carry.exit == 0, "\(carry)")
                        let brought = site.bundles(in: site.inbox)
                        for name in brought { kept[name] = TextFile.read("\(site.inbox)/\(name)") }
                        if round % 3 == 0 {
                            for name in brought { faults += unlink("\(site.inbox)/\(name)") == 0 ? 1 : 0 }
                        }
                        if round % 4 == 1 {
                            // All that was ever brought, once more.
                            for (name, text) in kept {
                                try TextFile.write(text, to: "\(site.inbox)/again-\(name)")
                                faults += 1
                            }
                        }
                    }
                    try drill.demand(faults > 5, "only \(faults) faults landed")
                    try await CourierTests.judge(drill, tasks)
                }
            }
        }

        /// Chunks go by rsync where both sides have it; one that breaks in the middle, or that a banner spoils, costs
        /// nothing but time.
        @Test(arguments: ["works", "breaks", "banner"]) func chunksByRsync(_ kind: String) async throws {
            try await Drill.run("courier-rsync-\(kind)") { drill in
                let site = CourierSite(deployment: drill.deployment)
                let commands = "\(drill.folder)/commands"
                mkdir(commands, 0o700)
                let broken =
                    "case $* in *--version*) ;; *) echo broken >>\(drill.folder)/calls; exit 12 ;; esac\n"
                try TextFile.write(
                    "#!/bin/sh\necho \"$*\" >>\(drill.folder)/calls\n\(kind == "breaks" ? broken : "")"
                        + "exec /usr/bin/rsync \"$@\"\n", to: "\(commands)/rsync", mode: 0o755)
                try await site.serving {
                    let server = try await TestSSHServer(
                        folder: "\(drill.folder)/ssh", noise: kind == "banner")
                    let tasks = try await drill.submit(document: CourierTests.manyFiles(drill))
                    for _ in 1...60 {
                        if try await site.areOver(tasks, drill) { break }
                        _ = try await site.cycle()
                        let carry = try await site.carry(
                            ["--ssh", "ssh -F \(server.clientConfig)"], from: "127.0.0.1:\(site.place)",
                            environment: ["PATH": "\(commands):/usr/bin:/bin"])
                        try drill.demand(carry.exit == 0, "\(carry)")
                    }
                    let target = "\(drill.folder)/fetched"
                    _ = try await drill.deployment.hansa(
                        ["results", drill.name, "copies", "--output", target], as: "sam"
                    ).exiting()
                    for number in 1...4 {
                        let text = TextFile.read("\(target)/\(number).txt")
                        try drill.demand(text == "words \(number) of \(drill.name)\n", "\(number): \(text)")
                    }
                    let calls = TextFile.read("\(drill.folder)/calls").split(separator: "\n")
                    let out = calls.contains { $0.contains("--files-from=") && $0.contains("outbox/chunks") }
                    let into = calls.contains { $0.contains("--chmod=D700,F600") }
                    switch kind {
                    case "works": try drill.demand(out && into, "\(calls)")
                    case "breaks": try drill.demand(calls.contains("broken"), "\(calls)")
                    default: try drill.demand(out || into, "\(calls)")
                    }
                    try await server.stop()
                }
            }
        }

        /// Four files made elsewhere, read at the site that nobody reaches, and more made there; none that any drill knows.
        private static func manyFiles(_ drill: Drill) -> String {
            """
            name: \(drill.name)
            programme: drills
            activity: test
            tasks:
              - name: first
                kind: data
                program: /bin/sh
                arguments: ["-c", "for n in 1 2 3 4; do echo words $n of \(drill.name) > $HANSA_OUTPUTS/words/$n.txt; done"]
                resources: {cores: 1, memory: 64MiB, walltime: 60s}
                outputs: {words: {licence: CC0-1.0}}
                sites: [north]
              - name: second
                kind: data
                program: /bin/sh
                arguments: ["-c", "cp $HANSA_INPUTS/words/* $HANSA_OUTPUTS/copies/; for n in 5 6 7; do echo more $n of \(drill.name) > $HANSA_OUTPUTS/copies/$n.txt; done"]
                inputs: {words: words}
                outputs: {copies: {licence: CC0-1.0}}
                resources: {cores: 1, memory: 64MiB, walltime: 60s}
                sites: [east]
            """
        }

        @Test(arguments: [false, true]) func carriedBySSH(_ noise: Bool) async throws {
            try await Drill.run(noise ? "courier-ssh-banner" : "courier-ssh") { drill in
                try drill.release()
                let site = CourierSite(deployment: drill.deployment)
                try await site.serving {
                    let server = try await TestSSHServer(folder: "\(drill.folder)/ssh", noise: noise)
                    let tasks = try await drill.submit(document: CourierTests.campaign(drill))
                    let agent = try Programs.path("hansa-agent")
                    let more = [
                        "--ssh", "ssh -F \(server.clientConfig)", "--run",
                        "\(agent) courier --folder \(site.folder) --config \(site.config)",
                    ]
                    for _ in 1...60 {
                        if try await site.areOver(tasks, drill) { break }
                        let carry = try await site.carry(more, from: "127.0.0.1:\(site.place)")
                        try drill.demand(carry.exit == 0, "\(carry)")
                    }
                    try await CourierTests.judge(drill, tasks)
                    try await server.stop()
                    let gone = try await site.carry(more, from: "127.0.0.1:\(site.place)")
                    try drill.demand(gone.exit == 69, "nobody listens any more: \(gone)")
                }
            }
        }
    }
}
