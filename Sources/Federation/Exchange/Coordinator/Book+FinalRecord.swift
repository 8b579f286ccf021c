/// A closed site's last word, brought by a manager.
extension Book {
    /// Books a row of a retired site's record as its agent would have: the attempt ends, if it has not, and is settled,
    /// or adjusted where it was. It never completes its task: outputs that did not come are not there, so the task goes
    /// on as after a loss. A row for an attempt that was never confirmed is refused.
    public mutating func book(
        _ row: FinalRecord.Row, from source: String, by member: MemberID, now: Instant
    ) throws(FinalRecordRefusal) {
        let key = row.attempt
        guard let attempt = attempts[key] else { throw .unknown(key) }
        guard !attempt.state.isBurnt, attempt.state.rank >= AttemptState.confirmed.rank else {
            throw .neverConfirmed(key)
        }
        var usage = row.usage
        usage.partition = attempt.partition
        if attempt.state.rank < AttemptState.ended.rank {
            let until = usage.runs.map { $0.start.adding(seconds: $0.seconds) }.max() ?? now
            ended(
                key,
                AttemptEnd(
                    outcome: attempt.cancelRequested ? .cancelled : .failed(.lost), at: min(until, now),
                    detail: "its site was closed; by its record: \(source)"), now: now)
        }
        let before = effects.count
        do {
            try settle(key, SiteRecord(usage: usage, isFinal: true, readAt: now), now: now)
        } catch {
            throw .notBooked(key, error.reason)
        }
        attempts[key]?.nextReRead = nil
        for index in before..<effects.count {
            guard case .entry(var entry) = effects[index], entry.attempt == key else { continue }
            entry.reason = "by the record of a closed site: \(source)"
            entry.by = member
            effects[index] = .entry(entry)
        }
    }
}
