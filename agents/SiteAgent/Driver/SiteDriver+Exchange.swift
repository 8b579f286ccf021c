import APIClient
import Federation
import Logging

extension SiteDriver {
    /// Sends the next document unless one is under way; one poll at a time. A poll that waits for the coordinator is
    /// given up as soon as there is something to tell.
    func startPoll() throws(any Error) {
        if poll != nil {
            let hasNews = journal.rules.outbox.last.map { $0.number > pollCarried } ?? false
            // Slots come and go with other agents' jobs too; placement should not go by what was free half a minute ago.
            if hasNews || journal.rules.capacity != pollCapacity { poll?.cancel() }
            return
        }
        // An answer that came meanwhile is taken first: a new document would make it a stale one.
        guard pollAnswer == nil, ContinuousClock.now >= nextPollAt, !journal.rules.head.scanDue else {
            return
        }
        let document = journal.rules.document(freshSession: SessionID(RandomName.make()))
        try saveAll()
        try step(.beforeExchange)
        pollCapacity = document.capacity
        pollCarried = max(pollCarried, document.events.last?.number ?? 0, journal.rules.head.lastEvent)
        // What is told is to be acknowledged at once; only an idle poll waits.
        let idle =
            document.kind == .exchange && document.events.isEmpty && !document.isSnapshot && !document.isFull
        let wait =
            mode == .serve && idle && news == false ? min(parts.configuration.pollSeconds, pollSeconds) : 0
        let link = parts.link
        poll = Task { [weak self] in
            let result: Result<CoordinatorReply, ClientError>
            do throws(ClientError) {
                result = .success(try await link.exchange(document, waitSeconds: wait))
            } catch {
                result = .failure(error)
            }
            await self?.pollEnded(result)
        }
    }

    private func pollEnded(_ result: Result<CoordinatorReply, ClientError>) {
        poll = nil
        pollAnswer = result
        waker.wake()
    }

    /// Takes an exchange's end in.
    func take(_ answer: Result<CoordinatorReply, ClientError>) async throws {
        switch answer {
        case .failure(let error):
            journal.rules.exchangeFailed()
            if error.kind == .cancelled {
                nextPollAt = .now
                return
            }
            if error.status == 413 {
                // Too much at once: fewer events go into the next document.
                journal.rules.settings.eventsPerDocument = max(
                    1, journal.rules.settings.eventsPerDocument / 2)
            }
            failed(error.description)
        case .success(let reply):
            try step(.afterExchange)
            let trouble = trouble
            let draining = DurableFile.exists(parts.folder.drainPath)
            let outcome = journal.rules.apply(
                reply, freshJournal: JournalID(RandomName.make()), now: now(),
                declining: { offer in
                    draining
                        ? "the agent is being drained" : trouble?.short ?? launcher.fault(of: offer)
                })
            switch outcome {
            case .applied:
                for request in reply.logs { tell(request) }
            case .renewed:
                log.notice(
                    "another journal has spoken for this agent, or this one is an old copy: it takes a new id"
                )
            case .sessionOver:
                log.info("the coordinator asks for a new session")
            case .dropped:
                log.notice("a reply was stale and was dropped")
            case .refused(let words):
                try save()
                failed("the coordinator refuses this agent: \(words)")
                return
            }
            replyApplied()
            failures = 0
            report.exchangeFault = nil
            report.exchangedAt = now()
            pollSeconds = reply.pollSeconds
            if !reply.cancel.isEmpty || !reply.lookUp.isEmpty || !reply.reRead.isEmpty || outcome != .applied
            {
                pace.want()
                news = true
            }
            news = news || !reply.offers.isEmpty || !reply.confirmed.isEmpty || !reply.resend.isEmpty
            nextPollAt = outcome == .dropped ? .now + .seconds(1) : .now
        }
    }

    /// Backs off by itself: half a second, doubling to a minute, varied so that a thousand agents do not come at once
    /// when a coordinator is back.
    private func failed(_ words: String) {
        failures += 1
        if report.exchangeFault != words { log.warning("exchange: \(words)") }
        report.exchangeFault = words
        let longest = min(60_000, 500 << min(failures - 1, 7))
        nextPollAt = .now + .milliseconds(Int.random(in: longest / 2...longest))
    }

    /// Answers a wish for a piece of a log.
    private func tell(_ request: CoordinatorReply.LogRequest) {
        guard
            let entry = journal.rules.attempts[request.attempt] ?? journal.rules.history[request.attempt]
        else { return }
        let member = parts.runRoot.folder(entry.pack).member(request.attempt)
        let piece =
            LogReader.piece(
                member.log, offset: request.offset, bytes: request.bytes, isOver: entry.hasEnded)
            ?? CleanedNote.standing(in: member)?.piece(offset: request.offset)
        // A log that is gone ends where it is asked for: whoever reads it has all that there is.
        journal.rules.tell(
            .log(
                attempt: request.attempt, offset: piece?.offset ?? max(0, request.offset),
                bytes: piece?.bytes ?? 0, text: piece?.text ?? ""))
    }
}
