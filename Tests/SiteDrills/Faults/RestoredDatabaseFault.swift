import DrillKit
import Glibc
import Synchronization

/// The coordinator's database is put back from a dump that is some seconds old, and what was submitted since is
/// submitted again under the same keys.
final class RestoredDatabaseFault: SiteFault {
    let kind = "database-restored"
    let isLong = false

    private struct Hit {
        var dump: String
        var dumpedAt: Double
        /// The database may be missing or half there.
        var isTouched = false
        var isRestored = false
        /// The new generation has begun.
        var isBegun = false
    }
    private let hit = Mutex<Hit?>(nil)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let pause = Double.random(in: 6...15, using: &random)
        let tools = DatabaseTools(seed)
        let file = "\(seed.folder)/dump-\(UInt32.random(in: 0...(.max), using: &random))"
        guard await seed.coordinator.process() != nil else { return nil }
        let dumpedAt = EpochTime.now()
        guard (try? await tools.dump(to: file)) != nil else { return nil }
        seed.note(event: "dump", fault: kind, target: "database", pid: nil, evidence: file)
        try? await seed.submitAnother(count: 1, site: nil)
        try await Task.sleep(for: .seconds(pause))
        guard let coordinator = await seed.coordinator.process() else { return nil }
        hit.withLock { $0 = Hit(dump: file, dumpedAt: dumpedAt) }
        // Every coordinator is stopped for a restore.
        try await seed.coordinator.endSecond()
        guard let gone = try await coordinator.killedNow() else { return nil }
        let before = try await tools.measure()
        try await restore(seed)
        let after = try await tools.measure()
        guard before != after else { return nil }
        return Landing(
            target: "database", pid: coordinator.pid,
            evidence:
                "\(gone); the book had \(before), and has \(after) from \(EpochTime.text(pause)) s before")
    }

    private func restore(_ seed: Seed) async throws {
        guard let now = hit.withLock({ $0 }), !now.isRestored else { return }
        hit.withLock { $0?.isTouched = true }
        try await DatabaseTools(seed).restore(from: now.dump)
        hit.withLock { $0?.isRestored = true }
        unlink(now.dump)
        seed.note(event: "restore", fault: kind, target: "database", pid: nil, evidence: now.dump)
    }

    func heal(_ seed: Seed) async throws {
        if hit.withLock({ $0?.isTouched ?? false }) { try await restore(seed) }
        guard let now = hit.withLock({ $0 }) else { return }
        if now.isRestored, !now.isBegun {
            _ = try await seed.daemonCommand(["restore", "--config", seed.coordinator.config]).exiting()
            hit.withLock { $0?.isBegun = true }
        }
        try await seed.coordinator.start()
        if now.isRestored { try await seed.resubmit(since: now.dumpedAt) }
        hit.withLock { $0 = nil }
    }
}
