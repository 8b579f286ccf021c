import DrillKit
import Synchronization

/// The coordinator is killed at whatever moment.
final class CoordinatorKillFault: SiteFault {
    let kind = "coordinator-kill"
    let isLong = false
    private let isHit = Mutex(false)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...3000, using: &random)))
        guard let process = await seed.coordinator.process() else { return nil }
        isHit.withLock { $0 = true }
        guard let seen = try await process.killedNow() else { return nil }
        return Landing(target: "coordinator", pid: process.pid, evidence: seen)
    }

    func heal(_ seed: Seed) async throws {
        guard isHit.withLock({ $0 }) else { return }
        try await seed.coordinator.start()
        isHit.withLock { $0 = false }
    }
}
