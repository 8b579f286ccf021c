/// How much JSON is read from outside.
public struct JSONLimits: Hashable, Sendable {
    /// The longest body.
    public var bytes: Int
    /// The deepest nesting of arrays and objects.
    public var depth: Int

    /// Limits; the defaults suit everything but submissions and exchanges.
    public init(bytes: Int = 1 << 20, depth: Int = 32) {
        self.bytes = bytes
        self.depth = depth
    }

    /// A campaign's document, which may name many tasks one by one.
    public static let submission = JSONLimits(bytes: 16 << 20, depth: 32)
    /// An agent's document; what is larger travels in several.
    public static let exchange = JSONLimits(bytes: 16 << 20, depth: 64)
}
