public import Federation
import Store

extension Coordinator {
    /// Closes a site for good; see `SiteStore.retire`. Answers what changed, in words.
    public func retire(
        site: SiteID, reason: String, waived: Bool, by principal: Principal
    ) async throws -> [String] {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "close sites")
            try mustSay(reason)
            let words = try await stores.sites.retire(
                site, by: principal.pseudonym, reason: reason, waived: waived, now: settings.now())
            signals.placeable()
            return words
        }
    }

    /// Books a closed site's own record of its attempts, everything or nothing. Answers what was booked, in words.
    public func importRecord(
        _ document: JSONValue, of site: SiteID, by principal: Principal
    ) async throws -> [String] {
        try await CoordinationError.translating {
            try mustBe([.manager], principal, to: "bring a site's record")
            let record = try FinalRecord.read(document)
            try mustSay(record.source)
            guard try await stores.sites.retired()[site] != nil else {
                throw CoordinationError(
                    .conflict,
                    "\(site) is not closed: its agent reports what runs there (hansa admin site retire)")
            }
            let now = settings.now()
            var scope = BookScope()
            scope.attempts = Set(record.rows.map(\.attempt))
            let changed = try await stores.book.change(scope, now: now) { book in
                var words: [String] = []
                for row in record.rows {
                    if let known = book.attempts[row.attempt], known.site != site {
                        throw FinalRecordRefusal.ofAnotherSite(row.attempt, known.site)
                    }
                    try book.book(row, from: record.source, by: principal.pseudonym, now: now)
                    let charged = book.attempts[row.attempt]?.charged ?? .zero
                    words.append("\(row.attempt): \(charged.units) charged in all")
                }
                return words
            }
            try await followUp.after(changed, now: now)
            signals.placeable()
            return changed.value
        }
    }
}
