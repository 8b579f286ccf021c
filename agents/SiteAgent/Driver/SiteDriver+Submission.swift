import Federation
import Logging

extension SiteDriver {
    /// Gives packs to the launcher whose inputs are here and for which there is room, in the order in which they were
    /// accepted as far as the launcher keeps it.
    func submit(_ packs: [PackID]) async throws {
        staging.prune(keeping: Set(packs))
        var waiting: [(pack: PackID, offer: Offer)] = []
        for pack in packs {
            guard let offer = journal.rules.packs[pack]?.offer, inputsAreHere(pack, offer) else { continue }
            waiting.append((pack, offer))
        }
        let answers = await launcher.admit(waiting)
        for (pack, offer) in waiting {
            switch answers[pack] {
            case .now: try await submit(pack, offer)
            case .later(let reason): tellReason(pack, reason)
            case nil: break
            }
        }
    }

    /// §5.1, each step journalled before the next: intent, run folder, job.
    private func submit(_ pack: PackID, _ offer: Offer) async throws {
        guard let intent = journal.rules.intend(pack, now: now()) else { return }
        try saveAll()
        try step(.intended)
        let folder = parts.runRoot.folder(pack)
        var wrapper = parts.wrapper
        if wrapper.cpus.isEmpty, launcher.kind != SlurmLauncher.name {
            wrapper.cpus = HostCalls.allowedCPUs()
        }
        let record = RunRecord(
            instance: parts.identity.instance, agent: parts.identity.agent, offer: offer, madeAt: now())
        var isNew = false
        try attempting("make the run folder of \(pack)") {
            // A start marker without a record is a folder too: somebody has been here.
            let touched = DurableFile.exists("\(folder.path)/start")
            isNew = try folder.make(record, settings: wrapper) && !touched
            guard isNew else { return }
            for attempt in intent.emptySlots {
                try StartMarker(job: nil, host: StartMarker.thisHost, at: now()).take(
                    in: folder.member(attempt).path)
            }
        }
        try step(.folderMade)
        let ask = journal.rules.runFolderMade(
            pack, existedAlready: !isNew, emptySlots: intent.emptySlots, now: now())
        try save()
        guard ask else { return }
        guard try placeInputs(pack, offer, intent.emptySlots) else { return }
        toldReasons[pack] = nil
        let answer = await launcher.submit(
            JobRequest(
                folder: folder, offer: offer, name: offer.jobName(instance: parts.identity.instance),
                excludedNodes: journal.rules.nodesToAvoid(now: now())))
        try step(.started)
        switch answer {
        case .submitted(let job): journal.rules.submitted(pack, job: job)
        case .doubtful(let words):
            log.warning("pack \(pack): \(words)")
            tellReason(pack, words)
            journal.rules.submitDoubtful(pack, words)
            pace.want()
        }
        try save()
        try step(.submitted)
        news = true
    }

    /// Links the members' inputs into the run folder. A member whose inputs will never come gets a finish marker that
    /// says so and will not start; if that is all of them, nothing is submitted. Answers whether to go on.
    private func placeInputs(_ pack: PackID, _ offer: Offer, _ emptySlots: [AttemptKey]) throws -> Bool {
        let folder = parts.runRoot.folder(pack)
        var runnable = 0
        for member in offer.members where !emptySlots.contains(member.attempt) {
            let place = folder.member(member.attempt)
            var fault = staging.refused.removeValue(forKey: member.attempt)
            if fault == nil {
                do {
                    for input in member.inputs {
                        try parts.store.link(input.manifest, into: "\(place.inputs)/\(input.name)")
                    }
                } catch {
                    fault = "\(error)"
                }
            }
            guard let fault else {
                runnable += 1
                continue
            }
            log.error("attempt \(member.attempt): \(fault)")
            try attempting("write the finish marker of \(member.attempt)") {
                try StartMarker(job: nil, host: StartMarker.thisHost, at: now()).take(in: place.path)
                try place.write(MemberFinish.withoutRun(at: now(), endedBy: .itself, launchFault: fault))
            }
        }
        if runnable > 0 { return true }
        // Nothing will run: the marker is taken, and the members' finish markers say why.
        try attempting("take the start marker of \(pack)") {
            try StartMarker(job: nil, host: StartMarker.thisHost, at: now()).take(in: folder.path)
        }
        journal.rules.submitDoubtful(pack)
        try save()
        return false
    }
}
