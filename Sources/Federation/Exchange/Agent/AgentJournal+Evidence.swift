/// §5.3 and §5.4: what the folder, the queue and the accounting say, in this order, and what follows.
extension AgentJournal {
    /// What was seen of a pack on `.look`. Answers what to do at once, before the next look.
    public mutating func looked(_ id: PackID, _ evidence: PackEvidence, now: Instant) -> [AgentAction] {
        guard let pack = packs[id], !isOver(pack), pack.state != .accepted, pack.state != .confirmed else {
            return []
        }
        let found = !settings.enforces(.looksFirst) ? false : see(id, evidence, now: now)
        guard let seen = packs[id], !isOver(seen) else { return [] }
        if seen.state == .submitting {
            if found { return [] }
            return notFound(id, evidence)
        }
        return followed(seen, evidence, now: now)
    }

    /// Takes in what the folder and the queue show; whether anything was found.
    @discardableResult
    mutating func see(_ id: PackID, _ evidence: PackEvidence, now: Instant) -> Bool {
        guard let pack = packs[id] else { return false }
        for key in pack.members {
            guard let entry = attempts[key], let member = evidence.members[key] else { continue }
            if member.ranSeconds > entry.ranSeconds {
                attempts[key]?.ranSeconds = member.ranSeconds
                changes.attempts.insert(key)
            }
            if case .job(_, _, let at)? = member.marker, !entry.hasEnded { memberStarted(key, at: at) }
        }
        if case .job? = evidence.marker { adopt(id, evidence.marker ?? .agent) }
        for key in pack.members {
            guard let entry = attempts[key], !entry.hasEnded, let member = evidence.members[key] else {
                continue
            }
            if let finish = member.finish {
                end(key, finish, now: now)
            } else if member.marker == .agent {
                end(
                    key, AttemptEnd(outcome: .cancelled, at: now, detail: "cancelled before it started"),
                    now: now)
            }
        }
        if evidence.marker == .agent {
            packs[id]?.marker = .agent
            changes.packs.insert(id)
            if let marked = packs[id] { endUnstarted(marked, now: now) }
            return true
        }
        if evidence.marker != nil { return true }
        guard let queued = evidence.queued, let job = queued.first else { return false }
        for other in queued.dropFirst() where packs[id]?.jobs.contains(other) == false {
            packs[id]?.jobs.append(other)
            changes.packs.insert(id)
        }
        submitted(id, job: job)
        if let reason = evidence.waitingReason, packs[id]?.waitingReason != reason {
            packs[id]?.waitingReason = reason
            emit(.waiting(pack: id, reason: reason))
        }
        return true
    }

    /// Not in the folder, not in the queue: if controller and accounting do answer, the marker is taken (§5.3); at once
    /// where the batch system said no, for a user whom it refuses everything gets no other answer.
    private mutating func notFound(_ id: PackID, _ evidence: PackEvidence) -> [AgentAction] {
        if packs[id]?.isRejected != true, settings.enforces(.controllerAnswers),
            settings.enforces(.looksFirst)
        {
            guard evidence.queued != nil, evidence.rows != nil else { return [] }
        }
        for row in evidence.rows ?? [] where packs[id]?.jobs.contains(row.job) == false {
            packs[id]?.jobs.append(row.job)
        }
        packs[id]?.isAbsent = true
        changes.packs.insert(id)
        return [.takeMarker(id)]
    }

    /// A pack that the batch system has had: is it over, and how?
    private mutating func followed(_ pack: PackEntry, _ evidence: PackEvidence, now: Instant) -> [AgentAction]
    {
        let open = pack.members.filter { attempts[$0].map { !$0.hasEnded } ?? false }
        guard let queued = evidence.queued else { return [] }
        if !queued.isEmpty {
            tellUsage(pack, open, evidence)
            return running(pack, open, now: now)
        }
        guard let rows = evidence.rows else { return [] }
        let silent =
            evidence.heartbeat.map { now.seconds(since: $0) > settings.heartbeatSilentSeconds } ?? true
        guard case .job(let job, _, _)? = pack.marker else {
            packs[pack.id]?.isAbsent = true
            changes.packs.insert(pack.id)
            return [.takeMarker(pack.id)]
        }
        let row = rows.last { $0.job == job && $0.hasEnded && $0.state != .refused }
        guard
            silent || (row != nil && !settings.enforces(.silentHeartbeat))
                || !settings.enforces(.vanishedIsLost)
        else { return [] }
        for key in open { end(key, verdict(on: key, row), now: now) }
        return []
    }

    /// The batch system's word on a member without a finish marker (§5.4).
    private func verdict(on key: AttemptKey, _ row: JobRow?) -> AttemptEnd {
        let at =
            row?.start.map { $0.adding(seconds: row?.seconds ?? 0) } ?? attempts[key]?.startedAt
            ?? .distantPast
        let asked = attempts[key]?.cancelRequested == true
        let started = attempts[key]?.startedAt != nil
        let outcome: Outcome
        switch row?.state {
        case nil, .pending, .running, .refused: outcome = asked ? .cancelled : .failed(.lost)
        case .completed: outcome = .failed(.lost)
        case .failed: outcome = started ? .failed(.nonZeroExit) : .failed(.launch)
        case .timeout: outcome = started ? .failed(.walltime) : .failed(.tooLate)
        case .outOfMemory: outcome = .failed(.outOfMemory)
        case .nodeFailure: outcome = .failed(.nodeFailure)
        case .bootFailure: outcome = .failed(.launch)
        case .preempted: outcome = .failed(.preempted)
        case .cancelled: outcome = asked ? .cancelled : .failed(.preempted)
        }
        let words = row.map { "the batch system says \($0.state.rawValue); no finish marker" }
        return AttemptEnd(outcome: outcome, at: at, detail: words ?? "no trace of the run is left")
    }

    /// A pack whose job waits or runs: what has to be ended of it (§4.4, §5.6).
    private func running(_ pack: PackEntry, _ open: [AttemptKey], now: Instant) -> [AgentAction] {
        let asked = open.filter { attempts[$0]?.cancelRequested == true }
        if asked.count == open.count || (!asked.isEmpty && !settings.enforces(.cancelsOneMember)) {
            return [.cancelJob(pack.id)]
        }
        if pack.marker == nil, settings.enforces(.agentCancelsLate), now > pack.mustStartBy {
            return [.cancelJob(pack.id)]
        }
        return asked.map { attempts[$0]?.startedAt == nil ? .takeMemberMarker($0) : .endMember($0) }
    }

    /// Usage of a live attempt, for people: by its own markers and the job's heartbeat.
    private mutating func tellUsage(_ pack: PackEntry, _ open: [AttemptKey], _ evidence: PackEvidence) {
        for key in open {
            guard let entry = attempts[key], let startedAt = entry.startedAt, let beat = evidence.heartbeat
            else {
                continue
            }
            let seconds = beat.seconds(since: startedAt)
            guard seconds - (entry.usage?.elapsedSeconds ?? 0) >= settings.usageEverySeconds else { continue }
            let resources = pack.offer?.resources
            let usage = Usage(
                runs: [.init(start: startedAt, seconds: seconds)], nodes: resources?.nodes ?? 1,
                coresPerNode: resources?.coresPerNode ?? 1,
                memoryMiBPerNode: resources?.memoryMiBPerNode ?? 0,
                devicesPerNode: resources?.devicesPerNode ?? 0, partition: entry.offered.partition,
                source: .heartbeat, estimated: true)
            attempts[key]?.usage = usage
            changes.attempts.insert(key)
            emit(.usage(attempt: key, usage: usage))
        }
    }
}
