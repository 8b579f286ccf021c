import DrillKit
import Glibc
import Synchronization

/// The database server is stopped at once: no backend ends its work, and the next start recovers.
final class PostgresStopFault: SiteFault {
    let kind = "postgres-stop"
    let isLong = false
    private let isHit = Mutex(false)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...2000, using: &random)))
        let text = TextFile.read("\(seed.postgres.folder)/data/postmaster.pid")
        guard let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }),
            let server = HostProcess(pid: pid)
        else { return nil }
        isHit.withLock { $0 = true }
        kill(pid, SIGQUIT)
        try await Patience.until("the server's end", seconds: 20, every: .milliseconds(10)) {
            !server.isAlive
        }
        let answer = try await DatabaseTools(seed).query("SELECT 1")
        guard answer.exit != 0 else { return nil }
        let words = answer.errors.split(separator: "\n").first.map(String.init) ?? ""
        return Landing(
            target: "postgres", pid: pid,
            evidence: "\(server.identity): ended at once (SIGQUIT); psql: \(words)")
    }

    func heal(_ seed: Seed) async throws {
        guard isHit.withLock({ $0 }) else { return }
        try await seed.postgres.start()
        isHit.withLock { $0 = false }
    }
}
