import DrillKit
import Glibc
import Synchronization

/// A node's slurmd is away until the controller gives the node and its jobs up, while the program there goes on.
final class SlurmdAwayFault: SiteFault {
    let kind = "slurmd-away"
    let isLong = true
    private let hit = Mutex<(site: DrillSite, node: String, process: HostProcess)?>(nil)

    /// Seconds that the program runs: longer than it takes until the node is given up.
    private static let length = 75

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let way = Bool.random(using: &random) ? WayOfFailing.kill : .stop
        guard let program = try await program(seed, site), let node = program.variables["SLURMD_NODENAME"],
            let id = program.variables["SLURM_JOB_ID"],
            let job = try await LiveJob.all(site)?.first(where: { $0.id == id }),
            let pid = try await site.daemons()[node], let slurmd = HostProcess(pid: pid), !slurmd.isStopped
        else { return nil }
        hit.withLock { $0 = (site, node, slurmd) }
        let first = way == .kill ? try await slurmd.killedNow() : try await slurmd.stoppedNow()
        guard let first else { return nil }
        // SlurmdTimeout, and the controller's next look after it.
        let state = try await Patience.until("\(node) is given up", seconds: 90, every: .milliseconds(500)) {
            try await NodeDownFault.state(of: node, at: site).flatMap { $0.hasPrefix("down") ? $0 : nil }
        }
        let after = try await job.seen(at: site, "failed with its node") { $0.state == "NODE_FAIL" }
        guard program.isAlive else { return nil }
        return Landing(
            target: "slurmd \(node) of \(site.name)", pid: pid,
            evidence:
                "\(first); sinfo: \(node) is \(state); \(after); its program goes on: \(program.identity)")
    }

    /// A task that is long enough is submitted, and its program waited for.
    private func program(_ seed: Seed, _ site: DrillSite) async throws -> HostProcess? {
        try? await seed.submitAnother(count: 1, site: site.name, seconds: Self.length)
        return await Patience.found(
            "the long program at \(site.name)", seconds: 40, every: .milliseconds(300)
        ) {
            JobProcesses(of: site).all.first { process in
                process.variables["SLURM_JOB_ID"] != nil
                    && process.arguments.suffix(2) == ["run", "\(Self.length)"]
            }
        }
    }

    func heal(_ seed: Seed) async throws {
        guard let (site, node, process) = hit.withLock({ $0 }) else { return }
        try await process.resumed()
        if !process.isAlive { try await site.start(node) }
        hit.withLock { $0 = nil }
    }
}
