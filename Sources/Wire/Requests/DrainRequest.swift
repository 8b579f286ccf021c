/// Whether an agent takes new packs.
public struct DrainRequest: WireRequest {
    /// True: it takes none.
    public var drain: Bool

    /// A request with that content.
    public init(drain: Bool) {
        self.drain = drain
    }

    /// Its keys.
    public static let members: Set<String> = ["drain"]
}
