/// Asks which chunks the depot does not have.
public struct MissingChunksRequest: WireRequest {
    /// SHA-256 of each chunk, 64 hexadecimal digits; at most 10,000.
    public var sha256: [String]

    /// A request with that content.
    public init(sha256: [String]) {
        self.sha256 = sha256
    }

    /// Its keys.
    public static let members: Set<String> = ["sha256"]
}
