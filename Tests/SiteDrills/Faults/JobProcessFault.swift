import DrillKit
import Glibc
import Synchronization

/// A part of a job dies or stands still: its slurmstepd, its wrapper, the wrapper's watchdog, or one rank.
final class JobProcessFault: SiteFault {
    /// A part of a job.
    enum Part: String, Sendable { case slurmstepd, wrapper, watchdog, rank }

    let kind: String
    let isLong = false
    private let part: Part
    private let way: WayOfFailing
    private let hit = Mutex<HostProcess?>(nil)

    init(_ part: Part, _ way: WayOfFailing) {
        self.part = part
        self.way = way
        kind = "\(part.rawValue)-\(way.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let first = Int.random(in: seed.sites.indices, using: &random)
        let choice = UInt64.random(in: 0 ... .max, using: &random)
        // Jobs are short: what is there is looked for at all sites, for a while.
        let begin = ContinuousClock.now
        var isAsked = false
        repeat {
            for offset in seed.sites.indices {
                let site = seed.sites[(first + offset) % seed.sites.count]
                let processes = processes(of: site)
                guard !processes.isEmpty else { continue }
                let process = processes[Int(choice % UInt64(processes.count))]
                hit.withLock { $0 = process }
                let seen = way == .kill ? try await process.killedNow() : try await process.stoppedNow()
                guard let seen else { continue }
                // A slurmstepd shows nothing but its title: `slurmstepd: [17.batch]`.
                let whose = process.variables["HANSA_PACK"].map { "\(part.rawValue) of pack \($0)" }
                return Landing(
                    target: "\(whose ?? process.arguments.first ?? part.rawValue) at \(site.name)",
                    pid: process.pid, evidence: seen)
            }
            if !isAsked, ContinuousClock.now - begin > .seconds(3) {
                isAsked = true
                let nodes = part == .rank ? 2 : 1
                try? await seed.submitAnother(count: 1, site: seed.sites[first].name, nodes: nodes)
            }
            try await Task.sleep(for: .milliseconds(250))
        } while ContinuousClock.now - begin < .seconds(30)
        return nil
    }

    private func processes(of site: DrillSite) -> [HostProcess] {
        let running = JobProcesses(of: site)
        return switch part {
        case .slurmstepd: running.stepDaemons
        case .wrapper: running.wrappers
        case .watchdog: running.watchdogs
        case .rank: running.ranks
        }
    }

    func heal(_ seed: Seed) async throws {
        guard let process = hit.withLock({ $0 }) else { return }
        if way == .stop { try await process.resumed() }
        hit.withLock { $0 = nil }
    }
}
