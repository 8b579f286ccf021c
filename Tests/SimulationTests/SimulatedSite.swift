import Federation

/// A site's file system and the commands of its batch system, as the agent's driver sees them.
final class SimulatedSite {
    let world: World
    let index: Int
    let id: SiteID
    let partition: PartitionID
    unowned let scenario: Scenario
    var folders: [PackID: SimulatedFolder] = [:]
    var jobs: [SimulatedJob] = []
    var queueDown: [(from: Double, to: Double)] = []
    var accountingDown: [(from: Double, to: Double)] = []
    private var nextJob: Int
    private let skew: Double

    init(world: World, index: Int, scenario: Scenario) {
        self.world = world
        self.index = index
        self.scenario = scenario
        id = SiteID("site\(index)")
        partition = PartitionID("p\(index)")
        nextJob = 100 + world.random.index(800)
        skew = world.random.uniform(-World.skew / 2, World.skew / 2)
    }

    /// The site's clock.
    var clock: Instant { World.instant(world.now + skew) }

    private func isUp(_ windows: [(from: Double, to: Double)]) -> Bool {
        for window in windows where window.from <= world.now && world.now < window.to { return false }
        return true
    }

    // MARK: - Commands

    /// The job's id, or nil when nobody knows.
    func sbatch(_ pack: PackEntry, nodes: Int, walltime: Double) -> String? {
        guard isUp(queueDown) else {
            world.count(.sbatchRefused)
            return nil
        }
        if world.isFaulty {
            let chance = world.random.unit()
            if chance < 0.06 {
                world.count(.sbatchNotMade)
                return nil
            }
            if chance < 0.12 {
                world.count(.sbatchMade)
                make(pack, nodes: nodes, walltime: walltime)
                return nil
            }
            if chance < 0.17 {
                world.count(.sbatchMadeLater)
                world.after(world.random.uniform(1, 50)) { self.make(pack, nodes: nodes, walltime: walltime) }
                return nil
            }
        }
        return make(pack, nodes: nodes, walltime: walltime).id
    }

    @discardableResult
    private func make(_ pack: PackEntry, nodes: Int, walltime: Double) -> SimulatedJob {
        nextJob += 1
        let job = SimulatedJob(
            id: "\(nextJob)", pack: pack.id, members: pack.members, mustStartBy: pack.mustStartBy,
            walltime: walltime,
            nodes: nodes, made: world.now)
        jobs.append(job)
        var wait = world.random.exponential(mean: world.random.pick([0.5, 2, 8]))
        if world.isFaulty, world.random.chance(0.15) { wait = world.random.uniform(40, 260) }
        world.log("\(id) JOB made \(job.id) for \(pack.id)")
        scenario.aim(.made, site: index)
        world.after(wait) { self.begin(job, epoch: 0) }
        return job
    }

    /// Packs and job ids that the queue shows, or nil when the controller does not answer.
    func squeue() -> [(pack: PackID, job: String)]? {
        guard isUp(queueDown) else {
            world.count(.queueDown)
            return nil
        }
        var shown: [(pack: PackID, job: String)] = []
        for job in jobs where job.isActive { shown.append((job.pack, job.id)) }
        return shown
    }

    /// What accounting says of a pack's jobs, or nil when it does not answer.
    func sacct(_ pack: PackID) -> [JobRow]? {
        guard isUp(accountingDown) else {
            world.count(.accountingDown)
            return nil
        }
        var rows: [JobRow] = []
        for job in jobs where job.pack == pack {
            for segment in job.segments where segment.shows <= world.now { rows.append(row(job, segment)) }
            if job.segments.isEmpty, job.made + 0.5 <= world.now, job.isKnown || job.state == .done {
                rows.append(JobRow(job: job.id, state: job.result, nodes: job.nodes))
            }
        }
        return rows
    }

    private func row(_ job: SimulatedJob, _ segment: Segment) -> JobRow {
        guard let end = segment.end, segment.recordEnds <= world.now else {
            return JobRow(
                job: job.id, state: .running, start: World.instant(segment.start + skew), nodes: job.nodes)
        }
        var minutes = end - segment.start
        if segment.corrected > world.now { minutes = max(0, minutes + segment.wrong) }
        return JobRow(
            job: job.id, state: segment.state, start: World.instant(segment.start + skew),
            seconds: Int64((minutes * 60).rounded()), nodes: job.nodes)
    }

    /// Cancels by name; whether the controller answered.
    @discardableResult
    func scancel(_ pack: PackID) -> Bool {
        guard isUp(queueDown) else { return false }
        for job in jobs where job.pack == pack && job.isActive { stop(job, .cancelled) }
        return true
    }

    // MARK: - Files

    /// `ln`: atomic; who holds the marker afterwards.
    func link(_ pack: PackID, _ holder: MarkerHolder) -> (made: Bool, holder: MarkerHolder) {
        if let taken = folders[pack]?.marker {
            // Without the clause everybody who comes believes the marker is his own.
            return world.enforces(.startMarker) ? (false, taken) : (true, holder)
        }
        folders[pack]?.marker = holder
        return (true, holder)
    }

    func linkMember(_ pack: PackID, _ key: AttemptKey, _ holder: MarkerHolder) -> (
        made: Bool, holder: MarkerHolder
    ) {
        if let taken = folders[pack]?.members[key]?.marker {
            return world.enforces(.startMarker) ? (false, taken) : (true, holder)
        }
        folders[pack]?.members[key, default: .init()].marker = holder
        return (true, holder)
    }

    /// What the folder says, without queue and accounting.
    func look(_ pack: PackID) -> PackEvidence {
        var evidence = PackEvidence()
        guard let folder = folders[pack] else { return evidence }
        evidence.marker = folder.marker
        evidence.heartbeat = folder.heartbeat
        for (key, member) in folder.members {
            var ran: Int64 = 0
            if let startedAt = member.startedAt {
                let until = member.finish?.at ?? folder.heartbeat ?? startedAt
                ran = max(0, until.seconds(since: startedAt))
            }
            evidence.members[key] = .init(marker: member.marker, finish: member.finish, ranSeconds: ran)
        }
        return evidence
    }

    /// What the site billed for a pack so far: the truth.
    func bill(_ pack: PackID) -> Int64 {
        var total: Int64 = 0
        for job in jobs where job.pack == pack { total += bill(job) }
        return total
    }

    private func bill(_ job: SimulatedJob) -> Int64 {
        var seconds: Int64 = 0
        for segment in job.segments {
            seconds += Int64((((segment.end ?? world.now) - segment.start) * 60).rounded())
        }
        return seconds * Int64(job.nodes)
    }

    /// All bills by pack.
    func bills() -> [PackID: Int64] {
        var bills: [PackID: Int64] = [:]
        for job in jobs { bills[job.pack, default: 0] += bill(job) }
        return bills
    }
}
