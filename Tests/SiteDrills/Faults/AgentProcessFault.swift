import DrillKit
import Glibc
import Synchronization

/// An agent is killed at whatever moment, or stands still.
final class AgentProcessFault: SiteFault {
    let kind: String
    let isLong = false
    private let way: WayOfFailing
    private let hit = Mutex<(agent: DrillAgent, process: HostProcess)?>(nil)

    init(_ way: WayOfFailing) {
        self.way = way
        kind = "agent-\(way.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...3000, using: &random)))
        guard let process = await site.agent.process(), !process.isStopped else { return nil }
        hit.withLock { $0 = (site.agent, process) }
        let seen = way == .kill ? try await process.killedNow() : try await process.stoppedNow()
        return seen.map { Landing(target: "agent of \(site.name)", pid: process.pid, evidence: $0) }
    }

    func heal(_ seed: Seed) async throws {
        guard let (agent, process) = hit.withLock({ $0 }) else { return }
        try await process.resumed()
        try await agent.start()
        hit.withLock { $0 = nil }
    }
}
