/// §4.6, §4.11 and §5.4: what it cost.
extension AgentJournal {
    /// What was read of the site's record on `.readRecord`. Settles the pack's ended members once the record is final
    /// or patience is at its end, and answers what to do at once.
    public mutating func recordRead(_ id: PackID, _ reading: JobReading, now: Instant) -> [AgentAction] {
        answerReReads(id, reading)
        guard let pack = packs[id], isOver(pack) else { return [] }
        let waiting = pack.members.filter { attempts[$0]?.state == .ended }
        guard !waiting.isEmpty, let queued = reading.evidence.queued else { return [] }
        if !queued.isEmpty {
            // A late job of a pack that is over: it finds the marker taken, and its cost belongs to the record.
            return settings.enforces(.lateJobsCancelled) ? [.cancelJob(id)] : []
        }
        noteRun(pack, reading.evidence)
        let endedAt = waiting.compactMap { attempts[$0]?.endedAt }.max() ?? now
        let patient = now.seconds(since: endedAt) > settings.estimateAfterSeconds
        guard let usage = total(of: packs[id] ?? pack, reading.evidence, estimating: patient) else {
            return []
        }
        let shares = shares(of: usage, pack, reading.evidence)
        for key in waiting {
            guard var entry = attempts[key], let share = shares[key] else { continue }
            let record = SiteRecord(usage: share, isFinal: !share.estimated, readAt: reading.readAt)
            entry.state = .settled
            entry.usage = share
            entry.record = record
            attempts[key] = entry
            changes.attempts.insert(key)
            emit(.settled(attempt: key, record: record))
        }
        return []
    }

    /// Jobs and run times that the reading shows and the journal does not know yet.
    private mutating func noteRun(_ pack: PackEntry, _ evidence: PackEvidence) {
        if case .job(let job, _, _)? = evidence.marker, packs[pack.id]?.marker == nil {
            packs[pack.id]?.marker = evidence.marker
            if !pack.jobs.contains(job) { packs[pack.id]?.jobs.append(job) }
            changes.packs.insert(pack.id)
        }
        for (key, member) in evidence.members
        where attempts[key].map({ $0.ranSeconds < member.ranSeconds }) ?? false {
            attempts[key]?.ranSeconds = member.ranSeconds
            changes.attempts.insert(key)
        }
    }

    /// Answers the coordinator's wish to have records read again (§4.6). The wish stands until the accounting has answered:
    /// a launcher does not ask it in every turn.
    private mutating func answerReReads(_ id: PackID, _ reading: JobReading) {
        guard let wanted = volatile.reReads[id], reading.evidence.queued != nil, reading.evidence.rows != nil
        else { return }
        volatile.reReads[id] = nil
        guard let first = wanted.first else { return }
        let pack =
            packs[id] ?? closedPacks[id]
            ?? PackEntry(
                id: id, members: wanted.map(\.attempt), state: .started,
                mustStartBy: first.offered.mustStartBy)
        guard
            let usage = total(
                of: pack, reading.evidence, estimating: true, partition: first.offered.partition)
        else { return }
        let shares = shares(of: usage, pack, reading.evidence)
        for listed in wanted {
            let key = listed.attempt
            if let open = attempts[key], open.state != .settled { continue }
            guard let share = shares[key] else { continue }
            let record = SiteRecord(usage: share, isFinal: !share.estimated, readAt: reading.readAt)
            if attempts[key] != nil {
                attempts[key]?.record = record
                attempts[key]?.usage = share
            } else if history[key] != nil {
                history[key]?.record = record
                history[key]?.usage = share
            }
            changes.attempts.insert(key)
            emit(.adjusted(attempt: key, record: record))
        }
    }

    /// What the pack's jobs held, all runs together; nil while the record is not final and `estimating` is off.
    private func total(
        of pack: PackEntry, _ evidence: PackEvidence, estimating: Bool, partition: PartitionID? = nil
    ) -> Usage? {
        guard var rows = evidence.rows else { return nil }
        var needed = Set(pack.jobs)
        var starter: (job: String, at: Instant)?
        if case .job(let job, _, let at)? = evidence.marker ?? pack.marker {
            needed.insert(job)
            starter = (job, at)
        }
        if !settings.enforces(.rerunsBilled) { rows = rows.filter { $0.job == starter?.job }.suffix(1) }
        let ended = rows.filter(\.hasEnded)
        // A run that never began held nothing: its row has no shape.
        let shape = ended.first { $0.seconds > 0 } ?? ended.first ?? rows.first
        let resources = pack.offer?.resources
        let place =
            partition
            ?? pack.members.lazy.compactMap { key in
                (attempts[key] ?? history[key])?.offered.partition
            }.first
        var usage = Usage(
            runs: ended.filter { $0.seconds > 0 }.map {
                .init(
                    start: $0.start ?? starter?.at ?? evidence.heartbeat ?? .distantPast, seconds: $0.seconds)
            },
            nodes: shape?.nodes ?? resources?.nodes ?? 1,
            coresPerNode: shape?.coresPerNode ?? resources?.coresPerNode ?? 1,
            memoryMiBPerNode: shape?.memoryMiBPerNode ?? resources?.memoryMiBPerNode ?? 0,
            devicesPerNode: shape?.devicesPerNode ?? resources?.devicesPerNode ?? 0,
            partition: place ?? PartitionID(""), source: ended.isEmpty ? .none : .siteRecord)
        let billings = Set(ended.filter { $0.seconds > 0 }.map(\.billing))
        if billings.count == 1 { usage.billing = billings.first ?? nil }
        let energies = ended.compactMap(\.energyJoules)
        if !energies.isEmpty { usage.energyJoules = energies.reduce(0, +) }
        let cpuSeconds = ended.compactMap(\.cpuSeconds)
        if !cpuSeconds.isEmpty { usage.cpuSeconds = cpuSeconds.reduce(0, +) }
        usage.maximumResidentBytes = ended.compactMap(\.maximumResidentBytes).max()
        usage.runs.sort { $0.start < $1.start }
        if ended.count == rows.count, needed.isSubset(of: Set(rows.map(\.job))) { return usage }
        guard estimating, settings.enforces(.estimates) else { return nil }
        if let starter,
            !rows.contains(where: { $0.job == starter.job && $0.hasEnded && $0.state != .refused })
        {
            let beat = evidence.heartbeat ?? starter.at
            let seconds = max(0, beat.seconds(since: starter.at))
            if seconds > 0 { usage.runs.append(.init(start: starter.at, seconds: seconds)) }
            usage.source = usage.source == .siteRecord ? .siteRecord : .heartbeat
        }
        usage.estimated = true
        return usage
    }

    /// Each member's share, by how long its own program ran (§5.6). What its processes burnt and how large they grew is
    /// the member's own by its markers, else its share of what the site's record says.
    private func shares(of usage: Usage, _ pack: PackEntry, _ evidence: PackEvidence) -> [AttemptKey: Usage] {
        let members = pack.members
        guard settings.enforces(.sharesAddUp) else {
            return Dictionary(members.map { ($0, usage) }, uniquingKeysWith: { first, _ in first })
        }
        let weights = members.map { key in
            max(evidence.members[key]?.ranSeconds ?? 0, (attempts[key] ?? history[key])?.ranSeconds ?? 0)
        }
        var shares: [AttemptKey: Usage] = [:]
        for (key, share) in zip(members, UsageShares.split(usage, by: weights)) {
            var own = share
            let known = (attempts[key] ?? history[key])?.usage
            own.cpuSeconds = evidence.members[key]?.cpuSeconds ?? own.cpuSeconds ?? known?.cpuSeconds
            own.maximumResidentBytes =
                evidence.members[key]?.maximumResidentBytes ?? own.maximumResidentBytes
                ?? known?.maximumResidentBytes
            shares[key] = own
        }
        return shares
    }
}
