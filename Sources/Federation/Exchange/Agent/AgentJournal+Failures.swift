/// §10: what the agent adds to a failure, and what it learns from it.
extension AgentJournal {
    /// The end with what the task itself says of such a failure: the coordinator's rules go by it.
    func withTasksWord(_ end: AttemptEnd, on entry: AttemptEntry) -> AttemptEnd {
        guard case .failed(let failure) = end.outcome, RetryRule.of(failure) == .onlyIfAsked else {
            return end
        }
        let member = packs[entry.pack]?.offer?.members.first { $0.attempt == entry.key }
        guard member?.spec.failureRules?.retryOutOfMemory == true else { return end }
        var end = end
        end.retryAsked = true
        return end
    }

    /// Too late: because the site held the job, if the queue said so last, else for whatever reason.
    func notStartedInTime(_ pack: PackEntry, now: Instant) -> AttemptEnd {
        guard let reason = pack.waitingReason, reason.hasPrefix(FailureClass.onHold.rawValue) else {
            return AttemptEnd(
                outcome: .failed(.tooLate), at: now,
                detail:
                    "it is \(now.timeText) by the site's clock, and it had to start by \(pack.mustStartBy.timeText)"
            )
        }
        return AttemptEnd(
            outcome: .failed(.onHold), at: now, detail: "nobody released it before it was too late: \(reason)"
        )
    }

    /// So many seconds a node's failures are held against it.
    static let nodeFailureSeconds: Int64 = 86_400
    /// At most so many nodes are avoided: a site that fails everywhere must not be left with none.
    static let mostNodesAvoided = 8

    /// Hosts on which two or more attempts of this agent ended as node failures within a day, the worst first: jobs are
    /// to keep off them. A host counts by the start marker that its job took there.
    public func nodesToAvoid(now: Instant) -> [String] {
        var failures: [String: Int] = [:]
        for entry in Array(attempts.values) + Array(history.values) {
            guard entry.end?.outcome == .failed(.nodeFailure), let endedAt = entry.endedAt,
                now.seconds(since: endedAt) < AgentJournal.nodeFailureSeconds,
                case .job(_, let host, _)? = (packs[entry.pack] ?? closedPacks[entry.pack])?.marker
            else { continue }
            failures[host, default: 0] += 1
        }
        let bad = failures.filter { $0.value >= 2 }
            .sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        return bad.prefix(AgentJournal.mostNodesAvoided).map(\.key)
    }
}
