extension AgentJournal {
    /// What there is to do now, from the journal alone. Before the first reconciled exchange of a session that is only
    /// to scan and to exchange (§4.2).
    public func nextActions(now: Instant) -> [AgentAction] {
        if head.scanDue { return [.scan] }
        guard volatile.session != nil || !settings.enforces(.exchangeFirst) else { return [.exchange] }
        guard volatile.exchanged || !settings.enforces(.exchangeFirst) else { return [.exchange] }
        var actions: [AgentAction] = [.exchange]
        for id in packs.keys.sorted() {
            if let pack = packs[id] { act(on: pack, now: now, into: &actions) }
        }
        for id in volatile.reReads.keys.sorted() where packs[id].map(isOver) ?? true {
            actions.append(.readRecord(id))
        }
        return actions
    }

    private func act(on pack: PackEntry, now: Instant, into actions: inout [AgentAction]) {
        let open = pack.members.filter { attempts[$0].map { !$0.hasEnded } ?? false }
        if open.isEmpty {
            let unsettled = pack.members.contains { attempts[$0].map { $0.state == .ended } ?? false }
            if unsettled { actions.append(.readRecord(pack.id)) }
            return
        }
        if pack.isAbsent { return actions.append(.takeMarker(pack.id)) }
        switch pack.state {
        case .accepted, .confirmed:
            if isCancelled(open) {
                actions.append(.takeMarker(pack.id))
            } else if maySubmit(pack) {
                actions.append(now > pack.mustStartBy ? .takeMarker(pack.id) : .submit(pack.id))
            }
        default:
            actions.append(.look(pack.id))
        }
    }

    /// Only what was confirmed in the open session goes to the batch system (§4.3).
    func maySubmit(_ pack: PackEntry) -> Bool {
        guard !pack.inDoubt, !pack.isAbsent else { return false }
        if pack.state == .accepted { return !settings.enforces(.onlyConfirmed) }
        guard pack.state == .confirmed else { return false }
        return pack.confirmedSession == volatile.session || !settings.enforces(.confirmedInSession)
    }

    func isCancelled(_ members: [AttemptKey]) -> Bool {
        members.allSatisfy { attempts[$0]?.cancelRequested ?? true }
    }

    func isOver(_ pack: PackEntry) -> Bool {
        !pack.members.contains { attempts[$0].map { !$0.hasEnded } ?? false }
    }

    /// Jobs of this instance that the queue shows although their pack is over here: to be cancelled by name (§5.3). The
    /// job that ran the pack is about to end by itself and gets a moment for that; what waits, and what is another job,
    /// is a run that comes too late.
    public func lateJobs(among queued: some Sequence<QueuedPack>, now: Instant) -> [AgentAction] {
        guard settings.enforces(.lateJobsCancelled) else { return [] }
        return queued.compactMap { shown in
            guard let pack = closedPacks[shown.pack] ?? packs[shown.pack], isOver(pack),
                !isWindingDown(pack, shown, now: now)
            else { return nil }
            return .cancelJob(pack.id)
        }
    }

    private func isWindingDown(_ pack: PackEntry, _ shown: QueuedPack, now: Instant) -> Bool {
        guard !shown.waits, case .job(let job, _, _)? = pack.marker, shown.jobs.allSatisfy({ $0 == job })
        else { return false }
        let ends = pack.members.compactMap { (attempts[$0] ?? history[$0])?.endedAt }
        guard let last = ends.max() else { return false }
        // A clock that was put back must not make it a long moment.
        return abs(now.seconds(since: last)) <= settings.windDownSeconds
    }
}
