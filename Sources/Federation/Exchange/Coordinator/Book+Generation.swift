/// §4.10: a restored coordinator.
extension Book {
    /// Begins a new generation after a restore, with every agent in quarantine. The simulation runs this over a whole
    /// book; the daemon's start-up does the same in SQL: generation, quarantine, reply numbers to 0, offers' and
    /// acceptances' times from now, re-reads from the beginning.
    public mutating func beginGeneration(_ newGeneration: Int64, now: Instant) {
        if settings.enforces(.newGeneration) { generation = max(generation, newGeneration) }
        quarantine = Set(agents.keys)
        for key in Array(journals.keys) { journals[key]?.lastReply = 0 }
        for key in Array(attempts.keys) {
            guard let attempt = attempts[key] else { continue }
            switch attempt.state {
            case .offered where settings.enforces(.expiryStartsOver):
                attempts[key]?.offerExpires = now.adding(seconds: settings.offerSeconds)
            case .accepted where settings.enforces(.expiryStartsOver):
                attempts[key]?.acceptedAt = now
            case .settled where settings.enforces(.reReadsStartOver):
                attempts[key]?.reReads = 0
                attempts[key]?.nextReRead = now.adding(seconds: settings.reReadSeconds.first ?? 3600)
            default:
                break
            }
        }
    }

    /// A manager's recorded word that nothing of this instance runs at the agent's site: its report is not waited for.
    public mutating func waive(_ agent: AgentID, now: Instant) {
        guard quarantine.remove(agent) != nil else { return }
        withdrawUnconfirmed(of: agent, now: now)
    }
}
