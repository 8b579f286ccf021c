import DrillKit
import Federation
import Postgres
import TestKit
import Testing
import Wire

extension EndToEndTests {
    /// The coordinator's connections to its database and a member's to the coordinator are cut at chosen bytes.
    @Suite(.serialized) struct CutConnectionTests {
        /// In the handshake, between statements, and inside an answer: what was under way is not known to have
        /// happened, and nothing happens twice for that.
        @Test func cutBetweenTheCoordinatorAndItsDatabase() async throws {
            try await Drill.run("database-cut") { drill in
                let deployment = drill.deployment
                let socket = "\(deployment.postgresFolder)/.s.PGSQL.5432"
                let proxy = try FaultyProxy(.socket(path: socket))
                let settings = deployment.database.settings.conninfo.split(separator: " ")
                    .map { $0.hasPrefix("host=") ? "host=127.0.0.1 port=\(proxy.port)" : String($0) }
                try TextFile.write(
                    DrillDocuments.coordinator(
                        database: settings.joined(separator: " "), state: "\(deployment.folder)/coordinator",
                        people: deployment.people, agents: deployment.exchange),
                    to: "\(drill.folder)/hansad.yaml")
                try await drill.running(
                    "hansad", as: Programs.path("hansad"),
                    ["serve", "--config", "\(drill.folder)/hansad.yaml"]
                ) {
                    try drill.release()
                    let rules: [[FaultyProxy.Rule]] = [
                        [40, 400, 3000, 20_000].map { .cutAsking(afterBytes: $0) },
                        [60, 500, 2500, 9000].map { .cutAnswering(afterBytes: $0) },
                    ]
                    for (number, cuts) in rules.enumerated() {
                        // More than there are connections: whichever of them is used most has one to come.
                        proxy.spoil((0..<4).flatMap { _ in cuts })
                        // Under its key a submission may be sent again whatever became of it.
                        let tasks = try await Patience.until("a submission", every: .milliseconds(200)) {
                            try? await drill.submit(.init(members: 3), key: "database-cut-\(number)")
                        }
                        try drill.demand(tasks.count == 3, "\(tasks)")
                        try await press(drill) { proxy.landed.count >= 3 }
                        for task in tasks { try await drill.mustComplete(task) }
                    }
                    proxy.restore()
                }
            }
        }

        /// Reads the book from several places at once until that holds. Claims and documents share connections now, and the
        /// pool takes the one that was used last: a coordinator with one thing to do uses one connection, and a cut that
        /// waits on another never lands. The listener may meet one, and says next to nothing.
        private func press(_ drill: Drill, until enough: @escaping @Sendable () -> Bool) async throws {
            let deployment = drill.deployment
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        while !Task.isCancelled, !enough() {
                            // What is cut meanwhile says so by its exit.
                            _ = try await deployment.hansa(["queue", "--all", "--json"], as: "sam")
                        }
                    }
                }
                defer { group.cancelAll() }
                try await Patience.until("three cuts", seconds: 40, every: .milliseconds(50)) { enough() }
            }
        }

        /// While `hansa submit` speaks and while it listens: it goes on, or says that the key may be sent again; either
        /// way there is one campaign in the end.
        @Test func cutBetweenAMemberAndTheCoordinator() async throws {
            try await Drill.run("member-cut") { drill in
                let deployment = drill.deployment
                let proxy = try FaultyProxy(to: deployment.people)
                try drill.release()
                let file = "\(drill.folder)/campaign.yaml"
                let known = try await drill.submit(key: "member-cut-0")
                let rules: [FaultyProxy.Rule] = [
                    .cutAsking(afterBytes: 1), .cutAsking(afterBytes: 1200), .cutAnswering(afterBytes: 900),
                    .cutAnswering(afterBytes: 2500), .swallowAnswer,
                ]
                for (number, rule) in rules.enumerated() {
                    proxy.spoil([rule])
                    let submit = ["submit", file, "--key", "member-cut-\(number)", "--json"]
                    let first = try await deployment.hansa(submit, as: "sam", port: proxy.port)
                    try drill.demand([0, 69, 75].contains(first.exit), "\(rule): \(first)")
                    try await Patience.until("\(rule)", seconds: 10) { proxy.landed == [rule] }
                    let again: [SubmitAnswer] = try await deployment.hansa(
                        submit, as: "sam", port: proxy.port
                    ).value()
                    if first.exit == 0 {
                        let told: [SubmitAnswer] = try first.value()
                        try drill.demand(told.map(\.campaign.id) == again.map(\.campaign.id), "\(rule)")
                    }
                    let campaign = try #require(again.first?.campaign.id)
                    let tasks: [TaskView] = try await deployment.hansa(
                        ["queue", "--campaign", campaign.rawValue, "--all", "--json"], as: "sam",
                        port: proxy.port
                    ).value()
                    try drill.demand(tasks.count == 1, "\(rule): \(tasks.map(\.id))")
                    try drill.demand((tasks.map(\.id) == known) == (number == 0), "\(rule)")
                    for task in tasks { try await drill.mustComplete(task.id) }
                }
            }
        }
    }
}
