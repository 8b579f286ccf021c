import Federation
import Logging

extension SiteDriver {
    /// Gives packs to the launcher whose inputs are here and for which there is room, in the order in which they were
    /// accepted as far as the launcher keeps it.
    func submit(_ packs: [PackID]) async throws {
        staging.prune(keeping: Set(packs))
        var waiting: [(pack: PackID, offer: Offer)] = []
        for pack in packs {
            if let trouble {
                // Confirmed, and it stays so: there would be no room for its markers.
                tellReason(pack, "waits until its agent can write again: \(trouble.short)")
                continue
            }
            guard let offer = journal.rules.packs[pack]?.offer, inputsAreHere(pack, offer) else { continue }
            waiting.append((pack, offer))
        }
        let answers = await launcher.admit(waiting)
        var admitted: [(pack: PackID, offer: Offer)] = []
        for entry in waiting {
            switch answers[entry.pack] {
            case .now: admitted.append(entry)
            case .later(let reason): tellReason(entry.pack, reason)
            case nil: break
            }
        }
        if !admitted.isEmpty { try await submitInTurn(admitted) }
    }

    /// Several submissions are under way at once: most of one is waiting, for the disk and for the batch system. New ones
    /// begin when half of the places are free, so that one commit takes several intents, and the answers that came
    /// meanwhile. Whatever becomes of one, the others go on; after one without an answer no new ones begin in this turn,
    /// since the next would most likely wait as long for none.
    private func submitInTurn(_ admitted: [(pack: PackID, offer: Offer)]) async throws {
        let atOnce = parts.configuration.submissionsAtOnce
        var rest = admitted[...]
        isHeldBack = false
        try await withThrowingTaskGroup(of: Void.self) { group in
            repeat {
                while !rest.isEmpty, !isHeldBack, submitting * 2 <= atOnce {
                    for ready in try intend(&rest, atMost: atOnce - submitting) {
                        submitting += 1
                        group.addTask { try await self.submit(ready) }
                    }
                }
            } while try await group.next() != nil
        }
        if hasFreshAnswer { try saveAnswers() }
    }

    /// Journals the intents of the next packs, with all that is to be journalled anyway.
    private func intend(
        _ rest: inout ArraySlice<(pack: PackID, offer: Offer)>, atMost count: Int
    ) throws -> [IntendedPack] {
        var intended: [IntendedPack] = []
        while intended.count < count, let next = rest.popFirst() {
            guard let intent = journal.rules.intend(next.pack, now: now()) else { continue }
            intended.append(
                IntendedPack(pack: next.pack, offer: next.offer, emptySlots: intent.emptySlots))
        }
        guard !intended.isEmpty else { return [] }
        try saveAll()
        if hasFreshAnswer { try saveAnswers() }
        try step(.intended)
        return intended
    }

    /// Journals what the batch system said last.
    private func saveAnswers() throws {
        try save()
        hasFreshAnswer = false
        try step(.submitted)
    }

    /// A pack whose intent is journalled: its run folder, then its job.
    private func submit(_ ready: IntendedPack) async throws {
        defer { submitting -= 1 }
        do {
            try await ask(for: ready)
        } catch let fault as StorageFault {
            noteStorage(fault)
            tellReason(ready.pack, "its agent could not make its run folder: \(fault.short)")
        }
    }

    /// §5.1: the intent stands, the run folder is made, the batch system is asked.
    private func ask(for ready: IntendedPack) async throws {
        let (pack, offer) = (ready.pack, ready.offer)
        let isNew = try await makeRunFolder(of: ready)
        try step(.folderMade)
        let mayAsk = journal.rules.runFolderMade(
            pack, existedAlready: !isNew, emptySlots: ready.emptySlots, now: now())
        if !mayAsk || !ready.emptySlots.isEmpty { try save() }
        guard mayAsk, try placeInputs(pack, offer, ready.emptySlots) else { return }
        toldReasons[pack] = nil
        let answer = await launcher.submit(
            JobRequest(
                folder: parts.runRoot.folder(pack), offer: offer,
                name: offer.jobName(instance: parts.identity.instance),
                excludedNodes: journal.rules.nodesToAvoid(now: now())))
        try step(.started)
        switch answer {
        case .submitted(let job): journal.rules.submitted(pack, job: job)
        case .rejected(let words):
            log.error("pack \(pack): \(words)")
            tellReason(pack, words)
            journal.rules.submitDoubtful(pack, words, rejected: true)
        case .doubtful(let words):
            log.warning("pack \(pack): \(words)")
            tellReason(pack, words)
            journal.rules.submitDoubtful(pack, words)
            pace.want()
            isHeldBack = true
        }
        hasFreshAnswer = true
        news = true
    }

    /// Answers whether the folder is new; an old one means doubt. The disk is waited for beside the driver's thread.
    private func makeRunFolder(of ready: IntendedPack) async throws -> Bool {
        let folder = parts.runRoot.folder(ready.pack)
        var wrapper = parts.wrapper
        if wrapper.cpus.isEmpty, launcher.kind != SlurmLauncher.name {
            wrapper.cpus = HostCalls.allowedCPUs()
        }
        let settings = wrapper
        let at = now()
        let record = RunRecord(
            instance: parts.identity.instance, agent: parts.identity.agent, offer: ready.offer, madeAt: at)
        do {
            return try await BlockingWork.run {
                // A start marker without a record is a folder too: somebody has been here.
                let touched = DurableFile.exists("\(folder.path)/start")
                guard try folder.make(record, settings: settings), !touched else { return false }
                for attempt in ready.emptySlots {
                    try StartMarker(job: nil, host: StartMarker.thisHost, at: at).take(
                        in: folder.member(attempt).path)
                }
                return true
            }
        } catch {
            throw StorageFault("make the run folder of \(ready.pack)", error)
        }
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
