import DrillKit
import Glibc
import Synchronization

/// A node's slurmd is away until the controller gives the node and its jobs up, while the program there goes on.
final class SlurmdAwayFault: SiteFault {
    let kind = "slurmd-away"
    let isLong = true
    private let hit = Mutex<(site: DrillSite, node: String, process: HostProcess)?>(nil)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let way = Bool.random(using: &random) ? WayOfFailing.kill : .stop
        guard let job = try await LiveJob.any(["RUNNING"], at: site, of: seed, seconds: 20, &random),
            let pid = try await site.daemons()[job.host], let slurmd = HostProcess(pid: pid),
            !slurmd.isStopped
        else { return nil }
        hit.withLock { $0 = (site, job.host, slurmd) }
        let first = way == .kill ? try await slurmd.killedNow() : try await slurmd.stoppedNow()
        guard let first else { return nil }
        // SlurmdTimeout, and the controller's next look after it.
        let state = try await Patience.until(
            "\(job.host) is given up", seconds: 90, every: .milliseconds(500)
        ) {
            try await NodeDownFault.state(of: job.host, at: site).flatMap { $0.hasPrefix("down") ? $0 : nil }
        }
        let after = try? await job.seen(at: site, "failed with its node") { $0.state == "NODE_FAIL" }
        let left = JobProcesses(of: site).wrappers.filter {
            job.name.hasSuffix("-\($0.variables["HANSA_PACK"] ?? "?")")
        }
        let program =
            left.isEmpty
            ? "its program had ended meanwhile"
            : "its wrapper goes on: \(left.map(\.identity).joined(separator: ", "))"
        return Landing(
            target: "slurmd \(job.host) of \(site.name)", pid: pid,
            evidence: "\(first); sinfo: \(job.host) is \(state); \(after ?? "its job was over"); \(program)")
    }

    func heal(_ seed: Seed) async throws {
        guard let (site, node, process) = hit.withLock({ $0 }) else { return }
        try await process.resumed()
        if !process.isAlive { try await site.start(node) }
        hit.withLock { $0 = nil }
    }
}
