import DrillKit
import Glibc
import Synchronization

/// A daemon of a cluster is killed or stands still: `munged`, `slurmdbd`, `slurmctld`, one node's `slurmd`, `mariadbd`.
final class DaemonFault: SiteFault {
    /// A daemon that can be hit.
    enum Daemon: String, Sendable { case slurmctld, slurmdbd, slurmd, munged, mariadbd }

    let kind: String
    let isLong = false
    private let daemon: Daemon
    private let way: WayOfFailing
    private let hit = Mutex<Hit?>(nil)

    private struct Hit {
        var site: DrillSite
        var name: String
        var process: HostProcess
    }

    init(_ daemon: Daemon, _ way: WayOfFailing) {
        self.daemon = daemon
        self.way = way
        kind = "\(daemon.rawValue)-\(way.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        var site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        var when = ""
        if daemon == .slurmctld {
            // A controller that dies seconds after a submission loses, re-runs or re-names the job: slurm's worst.
            let pause = Double.random(in: 0...12, using: &random)
            guard let seen = try await SeenSubmission.next(seed, site: site, seconds: 25) else { return nil }
            site = seen.site
            let rest = seen.at + pause - EpochTime.now()
            if rest > 0 { try await Task.sleep(for: .seconds(rest)) }
            when = ", \(EpochTime.text(EpochTime.now() - seen.at)) s after job \(seen.job) was submitted"
        }
        let name: String =
            switch daemon {
            case .mariadbd: "mariadb"
            case .slurmd: site.nodes[Int.random(in: site.nodes.indices, using: &random)]
            default: daemon.rawValue
            }
        guard let pid = try await site.daemons()[name], let process = HostProcess(pid: pid),
            !process.isStopped
        else { return nil }
        hit.withLock { $0 = Hit(site: site, name: name, process: process) }
        let seen =
            switch way {
            case .kill: try await process.killedNow()
            case .stop: try await process.stoppedNow()
            }
        guard let seen else { return nil }
        let target = daemon == .mariadbd ? "mariadbd of both sites" : "\(name) of \(site.name)"
        return Landing(target: target, pid: pid, evidence: seen + when)
    }

    func heal(_ seed: Seed) async throws {
        guard let hit = hit.withLock({ $0 }) else { return }
        try await hit.process.resumed()
        if !hit.process.isAlive { try await hit.site.start(hit.name) }
        self.hit.withLock { $0 = nil }
    }
}
