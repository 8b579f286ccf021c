import Coordination
import Federation

/// Reads the ledger page by page.
enum EntryList {
    /// The entries that the filter lets through, in order, at most `limit`.
    static func read(
        _ coordinator: Coordinator, filter: EntryFilter, by member: Principal, limit: Int
    ) async throws -> [EntryView] {
        var entries: [EntryView] = []
        var cursor: String?
        repeat {
            let page = try await coordinator.entries(filter: filter, after: cursor, limit: 1000, by: member)
            entries += page.items
            cursor = page.next
        } while cursor != nil && entries.count < limit
        return entries
    }
}
