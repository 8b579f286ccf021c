import DrillKit
import Federation
import Testing

extension EndToEndTests {
    /// A disk of the agent's is really full. It says so, people see it, nothing more is offered to it; what runs goes on,
    /// and once there is room everything is told. No work is done twice for it.
    @Suite(
        .serialized,
        .enabled(if: SmallDisk.isPossible, "mounts are denied here: no small disk")
    )
    struct FullDiskTests {
        @Test func theRunFoldersDiskIsFull() async throws {
            try await Drill.run("disk-runs") { drill in
                let folder = drill.deployment.agentFolder("north")
                try await full(
                    drill, SmallDisk("\(folder)/runs", megabytes: 8), settings: "",
                    says: "it has no room for run folders")
            }
        }

        @Test func theJournalsDiskIsFull() async throws {
            try await Drill.run("disk-journal") { drill in
                let folder = "\(drill.folder)/journal"
                try await full(
                    drill, SmallDisk(folder, megabytes: 8), settings: "journalFolder: \(folder)\n",
                    says: "it has no room for its journal")
            }
        }

        /// It cannot even start: it ends with a reason, and the coordinator hears of it.
        @Test func theJournalsDiskIsFullAtTheStart() async throws {
            try await Drill.run("disk-start") { drill in
                let deployment = drill.deployment
                try drill.release()
                try await deployment.kill("north")
                let (disk, agent) = try journalOnASmallDisk(drill, of: "north")
                for verb in ["serve", "once"] {
                    let ended = try await run(
                        drill, disk, [verb, "--folder", deployment.agentFolder("north")] + agent)
                    try drill.demand(ended.exit == 74, "\(ended)")
                    try drill.demand(ended.errors.contains("no room to write the journal"), "\(ended)")
                    try drill.demand(!ended.errors.contains("could not be told"), "\(ended)")
                }
                let alarms: [AlarmView] = try await deployment.hansa(["admin", "alarms", "--json"]).value()
                try drill.demand(
                    alarms.contains { $0.name == "agentTrouble" && $0.text.contains("could not be started") },
                    "\(alarms)")
                try drill.demand(try await closed(drill) == "it has no room for its journal", "not shown")
                let status = try await deployment.command(
                    "hansa-agent", ["status", "--folder", deployment.agentFolder("north")])
                try drill.demand(status.output.contains("journal could not be written"), "\(status)")
                let doctor = try await run(
                    drill, disk, ["doctor", "--folder", deployment.agentFolder("north")] + agent)
                try drill.demand(doctor.exit == 1, "\(doctor)")
                try drill.demand(doctor.output.contains("WRONG journal's room"), "\(doctor)")

                try await deployment.heal()
                let task = try await drill.submitOne()
                try await drill.mustComplete(task)
                try await Patience.until("all is well again", every: .milliseconds(200)) {
                    try await closed(drill) == nil
                }
            }
        }

        /// A courier's agent can tell nobody but who started it; its carrier sees that no bundles come, and the first cycle
        /// that can write again raises the alarm.
        @Test func theJournalsDiskIsFullWhereNoNetworkLeaves() async throws {
            try await Drill.run("disk-courier") { drill in
                let deployment = drill.deployment
                let site = CourierSite(deployment: deployment)
                try await site.serving {
                    for _ in 1...2 {
                        try drill.demand(try await site.cycle().exit == 0, "no cycle")
                        try drill.demand(try await site.carry().exit == 0, "nothing was carried")
                    }
                    let (disk, agent) = try journalOnASmallDisk(drill, of: site.name)
                    let before = site.bundles(in: site.outbox)
                    let ended = try await run(drill, disk, ["courier", "--folder", site.folder] + agent)
                    try drill.demand(ended.exit == 74, "\(ended)")
                    try drill.demand(ended.errors.contains("no room to write the journal"), "\(ended)")
                    try drill.demand(site.bundles(in: site.outbox) == before, "told what is not journalled")
                    try await Task.sleep(for: .seconds(5))
                    let quiet = try await site.carry(["--quiet", "2s"])
                    try drill.demand(quiet.exit == 1 && quiet.output.contains("its disk room"), "\(quiet)")
                    let silent = try await site.carry()
                    try drill.demand(
                        silent.exit == 0, "a bundle of some seconds is none that is missed: \(silent)")

                    try drill.demand(try await site.cycle().exit == 0, "no cycle with room")
                    try drill.demand(try await site.carry().exit == 0, "nothing was carried")
                    let alarms: [AlarmView] = try await deployment.hansa(
                        ["admin", "alarms", "--json"]
                    ).value()
                    try drill.demand(
                        alarms.contains { $0.name == "agentTrouble" && $0.text.hasPrefix("\(site.name):") },
                        "\(alarms)")
                }
            }
        }

        /// The agent's journal as it stands, on a small disk of its own: the settings that name it.
        private func journalOnASmallDisk(
            _ drill: Drill, of agent: String
        ) throws -> (disk: SmallDisk, options: [String]) {
            let disk = SmallDisk("\(drill.folder)/journal", megabytes: 2)
            return (
                disk,
                [
                    "--config", "\(drill.deployment.folder)/agents/\(agent).yaml", "--set",
                    "journalFolder=\(disk.folder)", "--set", "leastFreeMegabytes=0",
                ]
            )
        }

        /// Runs the agent's program with that disk full.
        private func run(_ drill: Drill, _ disk: SmallDisk, _ arguments: [String]) async throws
            -> CommandResult
        {
            let output = "\(drill.folder)/full-\(arguments.first ?? "")"
            let child = try ChildProcess(
                disk.executable,
                disk.arguments(try Programs.path("hansa-agent"), arguments, full: true), output: output,
                errors: output + ".errors")
            let exit = try await child.end(seconds: 40)
            return CommandResult(
                command: arguments.joined(separator: " "), exit: exit, output: TextFile.read(output),
                errors: TextFile.read(output + ".errors"))
        }

        private func full(
            _ drill: Drill, _ disk: SmallDisk, settings: String, says words: String
        ) async throws {
            let deployment = drill.deployment
            let file = "\(drill.folder)/agent.yaml"
            try TextFile.write(
                DrillDocuments.agent(folder: deployment.folder) + "\nleastFreeMegabytes: 1\n" + settings,
                to: file)
            let agent = ["serve", "--folder", deployment.agentFolder("north"), "--config", file]
            try await drill.running(
                "north", as: disk.executable, disk.arguments(try Programs.path("hansa-agent"), agent)
            ) {
                let task = try await drill.submitOne()
                try await drill.begun(task)
                let process = try await deployment.process("north")
                try disk.fill(process)
                try await Patience.until("people see it", every: .milliseconds(200)) {
                    try await closed(drill) == words
                }
                let alarms: [AlarmView] = try await deployment.hansa(["admin", "alarms", "--json"]).value()
                try drill.demand(
                    alarms.contains { $0.name == "agentTrouble" && $0.text.contains("north") }, "\(alarms)")
                // Written at the end of the agent's turn, a moment after the coordinator knew.
                try await Patience.until("its status says so", seconds: 10) {
                    let status = try await deployment.command(
                        "hansa-agent", ["status", "--folder", deployment.agentFolder("north")])
                    return status.exit != 0 && status.output.contains("takes nothing new")
                }

                let later = try await drill.submit(key: "\(drill.name)-later")
                try await Task.sleep(for: .seconds(2))
                for task in later {
                    let detail = try await drill.detail(task)
                    try drill.demand(detail.attempts.isEmpty, "offered to a full site: \(detail.attempts)")
                    let why = try await deployment.hansa(["why", "\(task)"], as: "sam")
                    try drill.demand(why.output.contains(words), "nobody says why: \(why)")
                }
                try drill.release()
                try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                try await Task.sleep(for: .seconds(2))
                let waiting = try await drill.detail(task)
                try drill.demand(
                    waiting.task.state == .running, "its end cannot be known yet: \(waiting.task)")

                disk.empty(process)
                let detail = try await drill.mustComplete(task)
                try drill.demand(detail.attempts.count == 1, "its work was given up: \(detail.attempts)")
                for task in later { try await drill.mustComplete(task) }
                try await Patience.until("all is well again", every: .milliseconds(200)) {
                    try await closed(drill) == nil
                }
            }
        }

        /// What members read of the site: why its agent takes nothing.
        private func closed(_ drill: Drill) async throws -> String? {
            let sites: [SiteView] = try await drill.deployment.hansa(["sites", "--json"], as: "sam").value()
            return sites.first { $0.id == "north" }?.agents.first { $0.id == "north" }?.closedBecause
        }
    }
}
