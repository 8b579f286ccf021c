public import Federation
import Store

extension Coordinator {
    /// How long an answer that brought nothing new holds before the site is asked again.
    private static let pause = Duration.seconds(2)

    /// A piece of an attempt's log from that byte on, or its last 64 KiB for a negative offset; asks the site for it
    /// and waits up to `wait`. Nil for the fence means the task's newest attempt.
    public func log(
        task: TaskID, fence: Fence?, offset: Int64, wait: Duration, by principal: Principal
    ) async throws -> LogPiece {
        try await CoordinationError.translating {
            try mustSee(try await stores.tasks.partner(of: task), "task \(task)", principal)
            guard let subject = try await stores.logs.subject(task, fence: fence) else {
                throw CoordinationError(.notFound, "\(task) has no attempt yet: nothing has been printed")
            }
            let ticket = signals.logs.ticket(task)
            defer { signals.logs.end(ticket) }
            let begun = ContinuousClock.now
            var asked: ContinuousClock.Instant?
            while true {
                var isAnswered = false
                if asked != nil { isAnswered = try await stores.logs.isAnswered(task, fence: subject.fence) }
                if let piece = try await piece(task, subject, offset: offset, isAnswered: isAnswered) {
                    return piece
                }
                if asked.map({ isAnswered && .now - $0 > Self.pause }) ?? true {
                    asked = .now
                    try await stores.logs.ask(
                        task, subject, offset: offset < 0 ? -65_536 : offset, bytes: 65_536,
                        now: settings.now())
                    signals.tell([subject.agent])
                }
                let left = wait - (.now - begun)
                guard left > .zero, !Task.isCancelled, !signals.isClosing else {
                    let start = max(0, offset)
                    return LogPiece(offset: start, next: start, text: "", complete: false)
                }
                await signals.logs.wait(ticket, atMost: min(left, .milliseconds(500)))
            }
        }
    }

    /// What can be answered now; nil when the site has to say more. Nothing behind the end of an attempt that is over
    /// means that the log is complete.
    private func piece(
        _ task: TaskID, _ subject: LogStore.Subject, offset: Int64, isAnswered: Bool
    ) async throws -> LogPiece? {
        guard offset >= 0 || isAnswered else { return nil }
        let fence = subject.fence
        var found = try await stores.logs.piece(task, fence: fence, offset: offset)
        if isAnswered, offset >= 0, found == nil {
            found = try await stores.logs.next(task, fence: fence, after: offset)
        }
        guard let found else { return nil }
        let next = found.offset + found.bytes
        if !found.text.isEmpty {
            return LogPiece(offset: found.offset, next: next, text: found.text, complete: false)
        }
        guard isAnswered, subject.isOver || offset < 0 else { return nil }
        return LogPiece(offset: found.offset, next: next, text: "", complete: subject.isOver)
    }
}
