/// Why a bundle is not taken, in words. Nothing of it is used then.
public struct BundleFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason.
    public var description: String

    /// That reason.
    public init(_ description: String) { self.description = description }
}
