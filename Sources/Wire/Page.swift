/// One page of a list.
public struct Page<Item> {
    /// Its items, in the list's order.
    public var items: [Item]
    /// What to give as `after` for the next page; nil on the last one. Opaque.
    public var next: String?

    /// A page with those items.
    public init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

extension Page: Sendable where Item: Sendable {}
extension Page: Equatable where Item: Equatable {}
extension Page: Hashable where Item: Hashable {}
extension Page: Encodable where Item: Encodable {}
extension Page: Decodable where Item: Decodable {}
