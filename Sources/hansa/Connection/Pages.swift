import APIClient
import Wire

/// Reads lists that the API hands out page by page.
struct Pages {
    private let client: CoordinatorClient

    init(_ client: CoordinatorClient) { self.client = client }

    /// All items up to `limit`, and whether there are more.
    func all<Item: Codable & Sendable>(
        _ path: String, query: [(name: String, value: String)] = [], limit: Int = 1_000_000,
        of type: Item.Type
    ) async throws -> (items: [Item], isCut: Bool) {
        var items: [Item] = []
        var cursor: String?
        repeat {
            var query = query
            query.append(("limit", String(min(500, limit - items.count))))
            if let cursor { query.append(("after", cursor)) }
            let page: Page<Item> = try await client.get(path, query: query, retry: .idempotent)
            items += page.items
            cursor = page.next
            if items.count >= limit { return (Array(items.prefix(limit)), cursor != nil) }
        } while cursor != nil
        return (items, false)
    }
}
