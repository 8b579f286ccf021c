import DrillKit
import Synchronization

/// Somebody with more rights than the agent does something to one of its jobs behind its back.
final class JobFault: SiteFault {
    /// What is done.
    enum Deed: String, Sendable, CaseIterable {
        /// Back into the queue, from where it runs again.
        case requeue
        /// Back into the queue, and held there until the fault heals.
        case requeuehold
        /// Held while it waits.
        case hold
        /// Stopped where it runs, until the fault heals.
        case suspend
        /// Cancelled.
        case scancel
    }

    let kind: String
    let isLong = false
    private let deed: Deed
    private let hit = Mutex<(site: DrillSite, job: LiveJob)?>(nil)

    init(_ deed: Deed) {
        self.deed = deed
        kind = "job-\(deed.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        if deed == .hold { return try await hold(seed, site, &random) }
        let states: Set<String> = deed == .scancel ? ["RUNNING", "PENDING"] : ["RUNNING"]
        guard let job = try await LiveJob.any(states, at: site, of: seed, seconds: 20, &random) else {
            return nil
        }
        hit.withLock { $0 = (site, job) }
        switch deed {
        case .requeue, .requeuehold:
            // The agent submits with --no-requeue; an administrator is not bound by that.
            _ = try await site.run("scontrol", ["update", "JobId=\(job.id)", "Requeue=1"], seconds: 10)
            guard try await done(site, "scontrol", [deed.rawValue, job.id]) else { return nil }
            let isHeld = deed == .requeuehold
            let seen = try await job.seen(at: site, "is requeued") {
                $0.state == "PENDING" && (!isHeld || $0.reason.lowercased().contains("held"))
                    || !isHeld && $0.state == "REQUEUED"
            }
            return Landing(target: "job \(job.id) of \(site.name)", pid: nil, evidence: seen)
        case .suspend:
            guard try await done(site, "scontrol", ["suspend", job.id]) else { return nil }
            let seen = try await job.seen(at: site, "is suspended") { $0.state == "SUSPENDED" }
            return Landing(target: "job \(job.id) of \(site.name)", pid: nil, evidence: seen)
        case .scancel, .hold:
            guard try await done(site, "scancel", [job.id]) else { return nil }
            let seen = try await job.seen(at: site, "is cancelled", seconds: 30) { $0.state == "CANCELLED" }
            return Landing(target: "job \(job.id) of \(site.name)", pid: nil, evidence: seen)
        }
    }

    /// Holds a job that waits. Where none does, the partition is closed for the moment that it takes to catch one.
    private func hold(
        _ seed: Seed, _ site: DrillSite, _ random: inout SeededRandom
    ) async throws -> Landing? {
        var job = try await LiveJob.all(site)?.first { $0.state == "PENDING" }
        if job == nil {
            guard try await partition(site, "DOWN") else { return nil }
            do {
                job = try await LiveJob.any(["PENDING"], at: site, of: seed, seconds: 15, &random)
            } catch {
                _ = try? await partition(site, "UP")
                throw error
            }
        }
        hit.withLock { $0 = job.map { (site, $0) } }
        let isHeld: Bool
        if let job { isHeld = try await done(site, "scontrol", ["hold", job.id]) } else { isHeld = false }
        try await Patience.until("partition \(site.partition) is up again", seconds: 20, every: .seconds(1)) {
            try await partition(site, "UP")
        }
        guard let job, isHeld else { return nil }
        let seen = try await job.seen(at: site, "is held") {
            $0.state == "PENDING" && $0.reason.lowercased().contains("held")
        }
        return Landing(target: "job \(job.id) of \(site.name)", pid: nil, evidence: seen)
    }

    private func partition(_ site: DrillSite, _ state: String) async throws -> Bool {
        try await done(site, "scontrol", ["update", "PartitionName=\(site.partition)", "State=\(state)"])
    }

    private func done(_ site: DrillSite, _ command: String, _ arguments: [String]) async throws -> Bool {
        try await site.run(command, arguments, seconds: 10).exit == 0
    }

    func heal(_ seed: Seed) async throws {
        guard let (site, job) = hit.withLock({ $0 }) else { return }
        let undoing: String? =
            switch deed {
            case .requeuehold, .hold: "release"
            case .suspend: "resume"
            case .requeue, .scancel: nil
            }
        if let undoing {
            let answer = try await site.run("scontrol", [undoing, job.id], seconds: 10)
            // A job that is over by now, or that a controller which was killed forgot, needs nothing any more.
            if answer.exit != 0, let jobs = try await LiveJob.all(site) {
                let stuck = jobs.contains {
                    $0.id == job.id && $0.name == job.name
                        && ($0.state == "SUSPENDED"
                            || $0.state == "PENDING" && $0.reason.lowercased().contains("held"))
                }
                if stuck { _ = try answer.exiting() }
            } else if answer.exit != 0 {
                _ = try answer.exiting()
            }
        }
        hit.withLock { $0 = nil }
    }
}
