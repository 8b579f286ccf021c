/// Where a page of a list ended: the sort keys of its last row, so that no page is read twice or skipped while rows
/// come and go.
struct Cursor: Hashable {
    /// The keys, in the list's order.
    var keys: [Int64]

    /// A cursor after those keys.
    init(_ keys: Int64...) { self.keys = keys }

    /// Reads a cursor of so many keys; nil for none. Throws `StoreFault.badCursor`.
    init?(_ text: String?, keys count: Int) throws {
        guard let text, !text.isEmpty else { return nil }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map { Int64($0, radix: 36) }
        guard parts.count == count, !parts.contains(nil) else { throw StoreFault.badCursor(text) }
        keys = parts.compactMap(\.self)
    }

    /// The cursor as it travels.
    var text: String { keys.map { String($0, radix: 36) }.joined(separator: "_") }
}
