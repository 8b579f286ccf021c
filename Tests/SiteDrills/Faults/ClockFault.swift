import DrillKit
import FoundationEssentials
import Glibc
import Synchronization

/// The wall clock of the coordinator's or of an agent's process jumps, ahead or back; when the fault heals, the process is
/// started again with the host's own.
final class ClockFault: SiteFault {
    let kind = "clock-step"
    let isLong = false

    private struct Hit {
        var clock: FakeClock
        var site: DrillSite?
    }
    private let hit = Mutex<Hit?>(nil)
    private static let steps = [-3600, -90, -20, 20, 90, 3600]

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let who = Int.random(in: -1..<seed.sites.count, using: &random)
        let seconds = Self.steps[Int.random(in: Self.steps.indices, using: &random)]
        guard FakeClock.library != nil else { throw DrillFault("libfaketime is not installed") }
        let clock = try FakeClock(
            file: "\(seed.folder)/clock-\(UInt32.random(in: 0...(.max), using: &random))")
        let site = who < 0 ? nil : seed.sites[who]
        let running: HostProcess?
        if let site {
            running = await site.agent.process()
        } else {
            running = await seed.coordinator.process()
        }
        guard let running, !running.isStopped else { return nil }
        hit.withLock { $0 = Hit(clock: clock, site: site) }
        // The clock can only be moved in a process that was started with it.
        let process: HostProcess?
        if let site {
            try await site.agent.end()
            try await site.agent.start(environment: clock.environment)
            process = await site.agent.process()
        } else {
            try await seed.coordinator.end()
            try await seed.coordinator.start(environment: clock.environment)
            process = await seed.coordinator.process()
        }
        guard let process else { return nil }
        try await Task.sleep(for: .seconds(2))
        try clock.move(by: seconds)
        let seen = try await Patience.until(
            "the clock of \(process.pid) is seen to have jumped", seconds: 20
        ) {
            let shown = try await self.shown(seed, site)
            return shown.flatMap { abs($0 - EpochTime.now() - Double(seconds)) < 10 ? $0 : nil }
        }
        let beside = EpochTime.text(seen - EpochTime.now())
        return Landing(
            target: site.map { "clock of the agent of \($0.name)" } ?? "clock of the coordinator",
            pid: process.pid,
            evidence:
                "\(process.identity) was told \(seconds) s; its own time is \(beside) s beside the host's")
    }

    /// The time that the process itself says it is: an agent in its status, the coordinator in its log.
    private func shown(_ seed: Seed, _ site: DrillSite?) async throws -> Double? {
        if let site {
            struct Status: Decodable { var at: Int64 }
            let text = TextFile.read("\(site.agent.folder)/status.json")
            guard let status = try? JSONDecoder().decode(Status.self, from: Data(text.utf8)) else {
                return nil
            }
            return Double(status.at) / 1e6
        }
        // Something is asked, so that something new is logged.
        _ = try? await seed.hansa(["sites"])
        let line = TextFile.tail(seed.coordinator.log, lines: 2).split(separator: "\n").last ?? ""
        // 2026-05-04T03:02:01.000, without its zone, which is UTC.
        let figures = line.prefix { $0 != " " }.split { !$0.isNumber }.compactMap { Int32($0) }
        guard figures.count >= 6 else { return nil }
        var parts = tm()
        parts.tm_year = figures[0] - 1900
        parts.tm_mon = figures[1] - 1
        (parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec) = (
            figures[2], figures[3], figures[4], figures[5]
        )
        return Double(timegm(&parts))
    }

    func heal(_ seed: Seed) async throws {
        guard let now = hit.withLock({ $0 }) else { return }
        try now.clock.move(by: 0)
        // Begun anew without the library: it moves absolute timers of the other clocks along, so that one which was set
        // while the wall clock was back fires as much later, and nothing else may wake the process before.
        if let site = now.site {
            try await site.agent.end()
            try await site.agent.start()
        } else {
            try await seed.coordinator.end()
            try await seed.coordinator.start()
        }
        hit.withLock { $0 = nil }
    }
}
