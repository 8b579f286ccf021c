/// Everything that was found wrong with a document, at most `limit` faults.
public struct DocumentFaults: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The faults in the order in which they were found; not empty.
    public var faults: [DocumentFault]

    /// The given faults.
    public init(faults: [DocumentFault]) { self.faults = faults }

    /// After this many faults reading stops.
    public static let limit = 20

    /// One line a fault.
    public var description: String { faults.map(\.inWords).joined(separator: "\n") }
}
