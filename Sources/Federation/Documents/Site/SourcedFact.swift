/// A fact about a site with its source: what was read, and whether somebody has checked it.
public struct SourcedFact: Hashable, Sendable, Codable {
    /// The fact's name (`computeOut`, `slurmVersion`).
    public var name: String
    /// What is said.
    public var value: String
    /// Where it comes from.
    public var source: String
    /// Whether somebody has checked it.
    public var verified: Bool

    /// A fact from that source.
    public init(name: String, value: String, source: String, verified: Bool) {
        self.name = name
        self.value = value
        self.source = source
        self.verified = verified
    }
}
