import DrillKit
import Glibc
import Synchronization

/// An agent's disk is full, or its run folders can only be read.
final class DiskFault: SiteFault {
    /// What is wrong with the disk.
    enum Way: String, Sendable { case full, readOnly = "read-only" }

    let kind: String
    let isLong = false
    private let way: Way
    private let hit = Mutex<AgentDisk?>(nil)

    init(_ way: Way) {
        self.way = way
        kind = "folder-\(way.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let disk = AgentDisk(folder: site.agent.folder)
        hit.withLock { $0 = disk }
        let seen = way == .full ? try disk.fill() : try disk.cover()
        guard var seen else { return nil }
        // The nodes of a cluster have mounts of their own: theirs has to be covered as well.
        if way == .readOnly, let pid = try await site.daemons()[site.nodes[0]] {
            seen += "; on \(site.nodes[0]): \(disk.refusal(through: "/proc/\(pid)/root") ?? "still written")"
        }
        return Landing(target: "folder of the agent of \(site.name)", pid: nil, evidence: seen)
    }

    func heal(_ seed: Seed) async throws {
        guard let disk = hit.withLock({ $0 }) else { return }
        try way == .full ? disk.empty() : disk.uncover()
        hit.withLock { $0 = nil }
    }
}
