import DrillKit
import Federation
import Glibc
import Postgres
import TestKit
import Testing
import Wire

extension EndToEndTests {
    /// Sites whose batch system shows and bills otherwise than one would wish.
    @Suite(.serialized) struct ClusterSiteTests {
        /// `PrivateData`, and `sinfo` denied: an ordinary user's agent sees nobody's jobs but its own, and needs no more.
        @Test(
            .enabled(if: getuid() == 0, "only root can make a cluster to whose user it is somebody else's"),
            .timeLimit(.minutes(5)))
        func anOrdinaryUserWhoSeesNothingOfOthers() async throws {
            try await Drill.run("private") { drill in
                let site = ClusterSite(
                    deployment: drill.deployment, name: "cape", user: ClusterSite.nobody)
                try await site.serving { place in
                    let others = try await site.slurm(
                        place,
                        [
                            "sbatch", "--parsable", "-A", "ehpc999", "-q", "gp_ehpc", "-J", "others", "-o",
                            "/dev/null", "--wrap", "sleep 120",
                        ], asUser: false
                    ).exiting().output.filter(\.isNumber)
                    let inside = site.within(drill)
                    let tasks = try await inside.submit(document: site.campaign(inside))
                    let task = try #require(tasks.first)
                    try await inside.begun(task)
                    try await mustBePrivate(drill, site, place, others)

                    // Killed, it finds its job again by what it may see.
                    try await drill.deployment.kill(site.name)
                    try await Task.sleep(for: .seconds(2))
                    try await site.start()
                    try inside.release()
                    let detail = try await inside.mustComplete(task)
                    let attempt = try #require(detail.attempts.first)
                    try drill.demand(detail.attempts.count == 1, "not adopted: \(detail.attempts)")
                    try drill.demand(attempt.usage?.source == .siteRecord, "\(attempt)")
                    try await mustBeCharged(drill, site, place, attempt)
                    let alarms: [AlarmView] = try await drill.deployment.hansa(
                        ["admin", "alarms", "--json"]
                    ).value()
                    try drill.demand(
                        !alarms.contains { $0.name == "billingDiffers" && $0.text.hasPrefix("cape:") },
                        "the bill is right: \(alarms)")
                    _ = try await site.slurm(place, ["scancel", others], asUser: false).exiting()
                }
            }
        }

        /// What the user is denied, and that root sees it: else this would prove nothing.
        private func mustBePrivate(
            _ drill: Drill, _ site: ClusterSite, _ place: SlurmCluster.Place, _ others: String
        ) async throws {
            let queue = ["squeue", "-h", "-t", "all", "-o", "%A"]
            let record = ["sacct", "-a", "-n", "-X", "-P", "-o", "JobIDRaw"]
            for question in [queue, record] {
                func jobs(_ result: CommandResult) -> [Substring] { result.output.split(separator: "\n") }
                // The accounting hears of a job some seconds later.
                try await Patience.until("root sees \(others) by \(question)", seconds: 30) {
                    jobs(try await site.slurm(place, question, asUser: false).exiting()).contains {
                        $0 == others
                    }
                }
                let own = jobs(try await site.slurm(place, question).exiting())
                try drill.demand(!own.contains { $0 == others }, "\(question): sees \(others): \(own)")
                try drill.demand(!own.isEmpty, "\(question): does not see its own")
            }
            for question in [["sinfo"], ["scontrol", "show", "node"]] {
                let answer = try await site.slurm(place, question)
                try drill.demand(answer.exit != 0 && answer.errors.contains("denied"), "\(answer)")
            }
        }

        /// By the cluster's record of the one job, which ran as that user.
        private func mustBeCharged(
            _ drill: Drill, _ site: ClusterSite, _ place: SlurmCluster.Place, _ attempt: AttemptView
        ) async throws {
            let rows = try await site.slurm(
                place,
                [
                    "sacct", "-D", "-n", "-X", "-P", "-a", "-j", attempt.job ?? "none", "-o",
                    "JobName,User,ElapsedRaw,AllocCPUS",
                ], asUser: false
            ).exiting().output.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
            let row = try #require(rows.first)
            try drill.demand(rows.count == 1 && row.count == 4, "\(rows)")
            try drill.demand(row[0].hasSuffix("-\(attempt.pack)"), "\(row)")
            try drill.demand(row[1] == "nobody", "\(row)")
            let seconds = try #require(Int64(row[2]))
            let cores = try #require(Int64(row[3]))
            let due = Amount(thousandths: seconds * cores * Amount.perUnit / 3600)
            try drill.demand(
                seconds > 0 && attempt.charged == due, "charged \(attempt.charged), due \(due): \(row)")
        }

        /// A cluster that bills a core-hour for what two are charged for by the site's document: somebody is told.
        @Test(.timeLimit(.minutes(5))) func aBillThatIsNotTheTariffs() async throws {
            try await Drill.run("billing") { drill in
                let deployment = drill.deployment
                let site = ClusterSite(deployment: deployment, name: "west", weight: 2)
                try await site.serving { _ in
                    let inside = site.within(drill)
                    let tasks = try await inside.submit(document: site.campaign(inside))
                    let task = try #require(tasks.first)
                    try await inside.begun(task)
                    // What is over within Slurm's second costs nothing.
                    try await Task.sleep(for: .seconds(3))
                    try inside.release()
                    let detail = try await inside.mustComplete(task)
                    try drill.demand(detail.attempts.first?.usage?.billing == 2, "\(detail.attempts)")

                    let words =
                        "is 2 by the batch system's own billing and 4.000 core-hours by the tariff"
                    let alarms: [AlarmView] = try await deployment.hansa(
                        ["admin", "alarms", "--json"]
                    ).value()
                    let found = alarms.filter { $0.name == "billingDiffers" && $0.text.hasPrefix("west:") }
                    try drill.demand(found.count == 1 && found[0].text.contains(words), "\(alarms)")
                    let shown = try await deployment.hansa(["show", "\(task)"], as: "sam").exiting()
                    try drill.demand(shown.output.contains(words), "\(shown)")

                    // Once is enough: the record read again says the same.
                    let again = try await deployment.hansa(["admin", "site", "reread", "west"]).exiting()
                    try drill.demand(again.output.contains("west reads the record of 1 attempts"), "\(again)")
                    let settled = try #require(detail.attempts.first)
                    try await Patience.until("the record is read again", seconds: 30) {
                        try await reReads(drill, settled.key) > 0
                    }
                    let after: [AlarmView] = try await deployment.hansa(
                        ["admin", "alarms", "--json"]
                    ).value()
                    try drill.demand(
                        after.first { $0.id == found[0].id }?.count == found[0].count, "\(after)")
                }
            }
        }

        private func reReads(_ drill: Drill, _ key: AttemptKey) async throws -> Int {
            let pool = drill.deployment.database.pool(size: 1)
            let rows = try await pool.query(
                """
                SELECT a.re_reads FROM attempt a JOIN task t ON t.id = a.task
                WHERE t.submission = \(key.task.submission.rawValue) AND t.index = \(Int32(key.task.index))
                """)
            await pool.close()
            return Int(try rows.first?.decode("re_reads", as: Int32.self) ?? 0)
        }
    }
}
