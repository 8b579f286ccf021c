import FoundationEssentials

/// The coordinator's answer to a bundle.
public struct BundleAnswer: Hashable, Sendable, Codable {
    /// The reply's file, base64: to be brought into the agent's inbox as it is.
    public var bundle: String

    /// An answer with that file.
    public init(file: [UInt8]) { bundle = Data(file).base64EncodedString() }

    /// The reply's file, or nil where it is no base64.
    public var file: [UInt8]? { Data(base64Encoded: bundle).map { Array($0) } }
}
