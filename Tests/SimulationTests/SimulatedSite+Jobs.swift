import Federation

/// The life of jobs: the batch system, the wrapper, the programs.
extension SimulatedSite {
    func begin(_ job: SimulatedJob, epoch: Int) {
        guard job.epoch == epoch, job.state == .pending else { return }
        job.state = .running
        job.epoch += 1
        let showsLate = world.isFaulty && world.random.chance(0.2)
        let segment = Segment(
            start: world.now, shows: world.now + (showsLate ? world.random.uniform(0, 40) : 0.2))
        job.segments.append(segment)
        world.log("\(id) JOB starts \(job.id) \(job.pack)")
        let isSlow = world.isFaulty && world.random.chance(0.2)
        let checked = clock
        let started = job.epoch
        world.after(world.random.unit() * (isSlow ? 3 : 0.1)) {
            self.wrapper(job, started, segment, checked: checked)
        }
    }

    private func wrapper(_ job: SimulatedJob, _ epoch: Int, _ segment: Segment, checked: Instant) {
        guard segment.end == nil else { return }
        guard folders[job.pack] != nil else { return close(job, segment, .failed, epoch) }
        if world.enforces(.wrapperRefusesLate), checked > job.mustStartBy {
            world.count(.refusedLate)
            return close(job, segment, .refused, epoch)
        }
        guard link(job.pack, .job(id: job.id, host: "n1", at: clock)).made else {
            world.count(.refusedByMarker)
            world.log("\(id) WRAPPER refuses \(job.id) \(job.pack)")
            return world.after(0.5) { self.close(job, segment, .refused, epoch) }
        }
        folders[job.pack]?.heartbeat = clock
        beat(job, segment)
        nextMember(job, epoch, segment)
    }

    private func nextMember(_ job: SimulatedJob, _ epoch: Int, _ segment: Segment) {
        while segment.isAlive, segment.reachesFolder, segment.slot < job.members.count {
            let key = job.members[segment.slot]
            if linkMember(job.pack, key, .job(id: job.id, host: "n1", at: clock)).made {
                return start(key, job, epoch, segment)
            }
            segment.slot += 1
        }
        guard segment.isAlive, segment.reachesFolder else { return }
        close(job, segment, segment.hasFailed ? .failed : .completed, epoch)
        segment.isAlive = false
    }

    private func start(_ key: AttemptKey, _ job: SimulatedJob, _ epoch: Int, _ segment: Segment) {
        folders[job.pack]?.members[key]?.startedAt = clock
        folders[job.pack]?.heartbeat = clock
        let run = ProgramRun(key: key, pack: job.pack, site: index, start: world.now)
        segment.run = run
        let task = scenario.tasks[key.task.index]
        let links = scenario.runs.reduce(0) { $0 + ($1.key.task == key.task && $1.exit == 85 ? 1 : 0) }
        if let words = Judge.start(of: run, in: scenario) { world.failures.append(words) }
        scenario.runs.append(run)
        world.log("\(id) PROGRAM starts \(key) in job \(job.id)")
        scenario.aim(.started, site: index)
        scenario.checkExposure(at: key)
        var duration = task.duration * world.random.uniform(0.8, 1.1)
        var exit: Int32 = links < task.linksWanted ? 85 : 0
        if world.random.chance(0.08) {
            exit = 1
            duration *= world.random.unit()
        }
        let left = segment.start + job.walltime - world.now
        if duration <= left {
            world.after(duration) { self.finish(job, epoch, segment, run, exit, marked: true) }
        } else {
            let marked = world.random.chance(0.5)
            world.after(max(0, left) + world.random.unit() * (World.grace - 0.2)) {
                self.finish(job, epoch, segment, run, 124, marked: marked)
            }
        }
        if world.isFaulty, world.random.chance(0.15) {
            world.after(duration * world.random.unit() * 0.7) { self.failNode(job, epoch, segment) }
        }
    }

    private func beat(_ job: SimulatedJob, _ segment: Segment) {
        world.after(2) {
            guard segment.isAlive else { return }
            if segment.reachesFolder {
                self.folders[job.pack]?.heartbeat = self.clock
                if let run = segment.run, run.end == nil,
                    self.folders[job.pack]?.members[run.key]?.isToEnd == true
                {
                    self.world.count(.memberEnded)
                    self.finish(job, job.epoch, segment, run, -15, marked: true)
                }
            }
            self.beat(job, segment)
        }
    }

    private func finish(
        _ job: SimulatedJob, _ epoch: Int, _ segment: Segment, _ run: ProgramRun, _ exit: Int32, marked: Bool
    ) {
        guard run.end == nil else { return }
        run.end = world.now
        run.exit = exit
        let links = scenario.runs.reduce(0) { $0 + ($1.key.task == run.key.task && $1.exit == 85 ? 1 : 0) }
        if marked, segment.reachesFolder {
            let outcome: Outcome =
                switch exit {
                case 0: .completed
                case 85: .continues
                case 124: .failed(.walltime)
                case -15: .cancelled
                default: .failed(.nonZeroExit)
                }
            folders[job.pack]?.members[run.key]?.finish = AttemptEnd(
                outcome: outcome, exit: exit, at: clock, progress: Int64(links))
        }
        if exit == 85 { world.count(.linkEnded) }
        world.log(
            "\(id) PROGRAM ends \(run.key) exit \(exit)\(marked && segment.reachesFolder ? "" : ", no marker")"
        )
        scenario.aim(.finished, site: index)
        if exit == 124 {
            close(job, segment, .timeout, epoch)
            segment.isAlive = false
        } else {
            segment.slot += 1
            if exit == 1 { segment.hasFailed = true }
            nextMember(job, epoch, segment)
        }
    }

    func close(_ job: SimulatedJob, _ segment: Segment, _ state: JobRow.State, _ epoch: Int) {
        guard segment.end == nil else { return }
        segment.end = world.now
        segment.state = state
        if !segment.isCutOff {
            segment.isAlive = false
            endRun(segment)
        }
        let isOnTime = !world.isFaulty || world.random.chance(0.6)
        segment.recordEnds = world.now + (isOnTime ? 0.2 : world.random.uniform(5, 150))
        if segment.isOrphan { segment.recordEnds = world.now + world.random.uniform(5, 300) }
        if segment.recordEnds > world.now + 1 { world.count(.recordLate) }
        segment.shows = min(segment.shows, segment.recordEnds)
        if world.isFaulty, world.random.chance(0.15) {
            world.count(.recordWrong)
            segment.wrong = world.random.uniform(-1, 0.7) * (world.now - segment.start)
            segment.corrected = segment.recordEnds + world.random.uniform(5, 300)
        }
        if job.epoch == epoch, job.state == .running {
            job.state = .done
            job.result = state
        }
    }

    private func endRun(_ segment: Segment) {
        guard let run = segment.run, run.end == nil else { return }
        run.end = world.now
        run.exit = -9
        world.log("\(id) PROGRAM killed \(run.key)")
    }

    func stop(_ job: SimulatedJob, _ state: JobRow.State) {
        world.log("\(id) JOB \(job.id) \(state) \(job.pack)")
        if job.state == .running, let segment = job.segments.last { close(job, segment, state, job.epoch) }
        job.state = .done
        job.result = state
        job.epoch += 1
    }

    /// A node fails under a job; half of the time it is only cut off, and the program lives on.
    private func failNode(_ job: SimulatedJob, _ epoch: Int, _ segment: Segment) {
        guard job.epoch == epoch, job.state == .running, segment.end == nil else { return }
        if let run = segment.run, run.end == nil, world.random.chance(0.5) {
            world.count(.nodeCutOff)
            world.log("\(id) NODE cut off under \(job.id)")
            segment.isCutOff = true
            segment.reachesFolder = world.random.chance(0.4)
            var left = min(
                world.random.uniform(5, 60), segment.start + job.walltime + World.grace - world.now)
            if !segment.reachesFolder, world.enforces(.wrapperEndsItself) {
                left = min(left, World.wrapperGivesUp)
            }
            world.after(max(0, left)) {
                segment.isAlive = false
                self.endRun(segment)
            }
        } else {
            world.count(.nodeFailed)
        }
        close(job, segment, .nodeFailure, epoch)
        if world.random.chance(0.5) {
            world.count(.requeued)
            job.state = .pending
            job.epoch += 1
            let next = job.epoch
            world.log("\(id) JOB \(job.id) requeued by the batch system")
            world.after(world.random.uniform(0.5, 60)) { self.begin(job, epoch: next) }
        }
    }

    /// The controller is killed: young jobs are forgotten, or run a second time while the first run lives on.
    func killController() {
        world.count(.controllerKilled)
        world.log("\(id) CONTROLLER killed")
        let from = world.now
        let to = from + world.random.pick([1, 5, 30])
        queueDown.append((from, to))
        for job in jobs where job.isActive {
            guard (job.state == .running ? job.segments.last?.start ?? 0 : job.made) > from - 12 else {
                continue
            }
            let chance = world.random.unit()
            if chance < 0.35 {
                world.count(.jobForgotten)
                world.log("\(id) JOB \(job.id) forgotten by the controller")
                job.isKnown = false
                if job.state == .pending {
                    job.state = .forgotten
                    job.epoch += 1
                } else if let segment = job.segments.last {
                    orphan(job, segment)
                }
            } else if chance < 0.75, job.state == .running, let segment = job.segments.last {
                world.count(.jobRerun)
                world.log("\(id) JOB \(job.id) run again by the controller")
                orphan(job, segment)
                job.state = .pending
                job.epoch += 1
                let next = job.epoch
                world.after(to - from + world.random.uniform(0.5, 30)) { self.begin(job, epoch: next) }
            }
        }
    }

    private func orphan(_ job: SimulatedJob, _ segment: Segment) {
        segment.isOrphan = true
        let left = world.random.pick([world.random.uniform(0.5, 8), world.random.uniform(5, 60)])
        let state = world.random.pick([JobRow.State.nodeFailure, .cancelled, .completed])
        world.after(left) { self.close(job, segment, state, -1) }
    }
}
