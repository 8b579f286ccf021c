public import Federation
import Store

extension Coordinator {
    /// So many attempts are asked of one agent at a time, a minute apart: its site's accounting serves others too.
    private static let rereadsAMinute = 500

    /// Has the site's agents read the record of settled attempts again that ended in that time; what differs becomes an
    /// adjustment. Asked for before a period is closed, beside the times at which it happens anyway. Answers what will
    /// be done, in words; nothing where there is no such attempt.
    public func reread(
        site: SiteID, from: Instant?, until: Instant?, by principal: Principal
    ) async throws -> [String] {
        try await CoordinationError.translating {
            try mustTend(site, principal, to: "have its record read again")
            guard try await stores.sites.documents()[site] != nil else {
                throw CoordinationError(.notFound, "there is no site \(site)")
            }
            if try await stores.sites.retired()[site] != nil {
                throw CoordinationError(
                    .conflict,
                    "\(site) is closed: its record is brought, not asked for (hansa admin site record)")
            }
            let (from, until) = (from ?? .distantPast, until ?? .distantFuture)
            guard from < until else {
                throw CoordinationError(
                    .invalid, "from \(from.timeText) until \(until.timeText): that is no time")
            }
            let found = try await stores.sites.settled(at: site, from: from, until: until)
            var words: [String] = []
            for (agent, keys) in found.sorted(by: { $0.key < $1.key }) {
                try await reread(keys)
                signals.tell([agent])
                words.append(
                    "\(agent) reads the record of \(keys.count) attempts again; what differs is adjusted")
            }
            return words
        }
    }

    private func reread(_ keys: [AttemptKey]) async throws {
        let now = settings.now()
        for first in stride(from: 0, to: keys.count, by: Coordinator.rereadsAMinute) {
            let due = now.adding(seconds: Int64(60 * (first / Coordinator.rereadsAMinute)))
            var scope = BookScope()
            scope.attempts = Set(keys[first...].prefix(Coordinator.rereadsAMinute))
            let asked = scope.attempts.sorted()
            _ = try await stores.book.change(scope, now: now) { book in
                for key in asked { book.readAgain(key, at: due) }
            }
        }
    }
}
