/// §5.1: exactly one job.
extension AgentJournal {
    /// What is to be submitted.
    public struct Submission: Hashable, Sendable {
        /// The pack.
        public var pack: PackEntry
        /// Members cancelled beforehand: their markers are taken while the run folder is made (§5.6).
        public var emptySlots: [AttemptKey]
    }

    /// The intent: journalled before the run folder is made. Nil when the pack may not be submitted (any more).
    public mutating func intend(_ id: PackID, now: Instant) -> Submission? {
        guard let pack = packs[id], maySubmit(pack), now <= pack.mustStartBy else { return nil }
        let open = pack.members.filter { attempts[$0].map { !$0.hasEnded } ?? false }
        guard !open.isEmpty, !isCancelled(open) else { return nil }
        packs[id]?.state = .submitting
        changes.packs.insert(id)
        let slots = pack.members.filter { attempts[$0].map { $0.cancelRequested || $0.hasEnded } ?? true }
        return Submission(pack: packs[id] ?? pack, emptySlots: slots)
    }

    /// The run folder has been made, the empty slots' markers in it taken. Answers whether to ask the batch system:
    /// a folder that was there already means doubt, because another copy of this journal may have asked (§5.1).
    public mutating func runFolderMade(
        _ id: PackID, existedAlready: Bool, emptySlots: [AttemptKey], now: Instant
    )
        -> Bool
    {
        guard let pack = packs[id], pack.state == .submitting, !pack.inDoubt else { return false }
        if existedAlready, settings.enforces(.folderMeansDoubt) {
            doubt(id)
            return false
        }
        for key in emptySlots {
            guard let entry = attempts[key], !entry.hasEnded else { continue }
            end(
                key, AttemptEnd(outcome: .cancelled, at: now, detail: "cancelled before it was submitted"),
                now: now)
        }
        return true
    }

    /// The batch system has a job for the pack.
    public mutating func submitted(_ id: PackID, job: String) {
        guard var pack = packs[id] else { return }
        if !pack.jobs.contains(job) { pack.jobs.append(job) }
        if pack.state == .submitting {
            pack.state = .submitted
            pack.inDoubt = false
            emit(.submitted(pack: id, job: job))
        }
        packs[id] = pack
        changes.packs.insert(id)
    }

    /// Nobody knows whether the batch system took it: time-out, socket error, a killed command (§5.3). `words` are
    /// what it said, for whoever reads how the attempts ended. `rejected`: it said no. That is looked into all the same,
    /// for a copy of this journal may have been answered otherwise; it only names the end.
    public mutating func submitDoubtful(_ id: PackID, _ words: String? = nil, rejected: Bool = false) {
        guard packs[id]?.state == .submitting else { return }
        packs[id]?.refusal = words
        packs[id]?.isRejected = rejected ? true : nil
        doubt(id)
    }

    /// The start marker was asked for: by `holder` it is held now. The agent's own counts as taken even if it is from
    /// before a kill; a job that was quicker is adopted (§5.3).
    public mutating func markerTaken(_ id: PackID, by holder: MarkerHolder, now: Instant) {
        guard var pack = packs[id] else { return }
        pack.isAbsent = false
        switch holder {
        case .agent:
            pack.marker = .agent
            packs[id] = pack
            changes.packs.insert(id)
            endUnstarted(pack, now: now)
        case .job:
            packs[id] = pack
            adopt(id, holder)
        }
    }

    /// One member's marker was asked for (§5.6).
    public mutating func memberMarkerTaken(_ key: AttemptKey, by holder: MarkerHolder, now: Instant) {
        guard let entry = attempts[key], !entry.hasEnded else { return }
        switch holder {
        case .agent:
            end(
                key, AttemptEnd(outcome: .cancelled, at: now, detail: "cancelled before it started"), now: now
            )
        case .job(_, _, let at):
            memberStarted(key, at: at)
        }
    }

    /// The job that holds the start marker is the pack's.
    mutating func adopt(_ id: PackID, _ holder: MarkerHolder) {
        guard var pack = packs[id], case .job(let job, let host, let at) = holder else { return }
        let isNews = pack.state != .started
        if !isNews, pack.marker == holder { return }
        pack.marker = holder
        if !pack.jobs.contains(job) { pack.jobs.append(job) }
        pack.state = .started
        pack.inDoubt = false
        packs[id] = pack
        changes.packs.insert(id)
        if isNews { emit(.packStarted(pack: id, job: job, host: host, at: at)) }
    }

    /// Nothing of the pack will ever start: each open member ends as what it was asked or found to be.
    mutating func endUnstarted(_ pack: PackEntry, now: Instant) {
        for key in pack.members {
            guard let entry = attempts[key], !entry.hasEnded else { continue }
            let end =
                if entry.cancelRequested {
                    AttemptEnd(outcome: .cancelled, at: now, detail: "cancelled before it started")
                } else if now > pack.mustStartBy {
                    notStartedInTime(pack, now: now)
                } else {
                    notTaken(pack, now: now)
                }
            self.end(key, end, now: now)
        }
    }

    private func notTaken(_ pack: PackEntry, now: Instant) -> AttemptEnd {
        if pack.isRejected == true, let words = pack.refusal {
            return AttemptEnd(outcome: .failed(.rejected), at: now, detail: words)
        }
        return AttemptEnd(
            outcome: .failed(.lost), at: now,
            detail: "no job of it was found" + (pack.refusal.map { "; \($0)" } ?? ""))
    }

    mutating func memberStarted(_ key: AttemptKey, at: Instant) {
        guard let entry = attempts[key], entry.startedAt == nil else { return }
        attempts[key]?.startedAt = at
        changes.attempts.insert(key)
        emit(.started(attempt: key, at: at))
    }

    mutating func end(_ key: AttemptKey, _ end: AttemptEnd, now: Instant) {
        guard var entry = attempts[key], !entry.hasEnded else { return }
        if packs[entry.pack]?.inDoubt == true {
            emit(
                .lookedUp(
                    attempt: key, found: ![.failed(.lost), .failed(.rejected)].contains(end.outcome)))
        }
        let told = withTasksWord(end, on: entry)
        entry.state = .ended
        entry.end = told
        entry.endedAt = now
        attempts[key] = entry
        changes.attempts.insert(key)
        emit(.ended(attempt: key, end: told))
    }
}
