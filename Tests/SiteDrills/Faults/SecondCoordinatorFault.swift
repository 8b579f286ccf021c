import DrillKit
import Synchronization

/// Two coordinators work on one database; one site's agent speaks with the second.
final class SecondCoordinatorFault: SiteFault {
    let kind = "two-coordinators"
    let isLong = false
    private let hit = Mutex<DrillSite?>(nil)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        guard let first = await seed.coordinator.process() else { return nil }
        hit.withLock { $0 = site }
        let second = try await seed.coordinator.startSecond()
        let before = site.proxy.opened
        site.proxy.redirect(to: second.exchangePort)
        try await Patience.until("the second coordinator is spoken with", seconds: 20) {
            site.proxy.opened > before && first.isAlive && second.process.isAlive
        }
        return Landing(
            target: "coordinator", pid: second.process.pid,
            evidence:
                "\(first.identity) and \(second.process.identity) both serve; the agent of \(site.name) "
                + "opened \(site.proxy.opened - before) connections to the second")
    }

    func heal(_ seed: Seed) async throws {
        guard let site = hit.withLock({ $0 }) else { return }
        site.proxy.redirect(to: seed.exchangePort)
        try await seed.coordinator.endSecond()
        hit.withLock { $0 = nil }
    }
}
