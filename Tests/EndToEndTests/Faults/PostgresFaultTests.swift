import DrillKit
import Federation
import Glibc
import Postgres
import TestKit
import Testing

extension EndToEndTests {
    /// The database goes away under the coordinator, in every way that it can.
    @Suite(.serialized) struct PostgresFaultTests {
        /// The server processes of the coordinator's connections.
        private func backends(_ drill: Drill) async throws -> [Int32] {
            let pool = drill.deployment.database.pool(size: 1)
            do {
                let rows = try await pool.query(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = 'hansad' ORDER BY pid")
                let pids = try rows.map { try $0.decode("pid", as: Int32.self) }
                await pool.close()
                guard !pids.isEmpty else { throw DrillFault("the coordinator has no connection") }
                return pids
            } catch {
                await pool.close()
                throw error
            }
        }

        private func postmaster(_ drill: Drill) throws -> HostProcess {
            let text = TextFile.read("\(drill.deployment.postgresFolder)/data/postmaster.pid")
            guard let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }),
                let process = HostProcess(pid: pid)
            else { throw DrillFault("no server runs") }
            return process
        }

        @Test func aBackendIsKilled() async throws {
            try await Drill.run("postgres-backend-killed") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                let backend = try #require(HostProcess(pid: try await backends(drill)[0]))
                // The server takes all its other backends with it and recovers.
                try await backend.killed()
                try drill.release()
                try await drill.mustComplete(task)
            }
        }

        @Test func itIsStoppedAtOnceAndStarted() async throws {
            try await Drill.run("postgres-immediate") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                let server = try postmaster(drill)
                kill(server.pid, SIGQUIT)
                try await Patience.until("the server's end") { !server.isAlive }
                try drill.release()
                try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                try await drill.deployment.postgres.start()
                try await drill.mustComplete(task)
            }
        }

        @Test func itCrashesAmidSubmissions() async throws {
            try await Drill.run("postgres-crash") { drill in
                try drill.release()
                let first = try await drill.submit(.init(members: 4), key: "crash-1")
                let server = try postmaster(drill)
                try await drill.deployment.postgres.crash()
                try drill.demand(!server.isAlive, "the server still runs")
                try await drill.deployment.postgres.start()
                try await drill.deployment.heal()
                let again = try await drill.submit(.init(members: 4), key: "crash-1")
                try drill.demand(first == again, "\(first) became \(again)")
                for task in first { try await drill.mustComplete(task) }
            }
        }

        @Test func connectionsAreTerminated() async throws {
            try await Drill.run("postgres-terminated") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                for _ in 1...3 {
                    let before = try await backends(drill)
                    try await drill.deployment.postgres.administer(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hansad'
                        """)
                    try await Patience.until("those connections' end") {
                        before.allSatisfy { HostProcess(pid: $0) == nil }
                    }
                    try await Patience.until("the coordinator is back", every: .milliseconds(200)) {
                        try await drill.deployment.hansa(["sites"]).exit == 0
                    }
                }
                try drill.release()
                try await drill.mustComplete(task)
            }
        }

        @Test func theServerStandsStill() async throws {
            try await Drill.run("postgres-stopped") { drill in
                let task = try await drill.submitOne()
                try await drill.begun(task)
                // The postmaster too: or a connection that is given up is replaced by one that works.
                let stuck =
                    try await backends(drill).compactMap { HostProcess(pid: $0) } + [try postmaster(drill)]
                defer { for process in stuck where process.isAlive { kill(process.pid, SIGCONT) } }
                for process in stuck { kill(process.pid, SIGSTOP) }
                try await Patience.until("a server that stands still") { stuck.allSatisfy(\.isStopped) }
                try drill.release()
                try await Patience.until("the program's end") { drill.ledger(task).ends == 1 }
                try await Task.sleep(for: .seconds(2))
                try drill.demand(stuck.allSatisfy(\.isStopped), "something moved meanwhile")
                for process in stuck { kill(process.pid, SIGCONT) }
                try await drill.mustComplete(task)
            }
        }
    }
}
