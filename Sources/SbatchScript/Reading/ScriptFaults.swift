/// Everything for which a script is refused; not empty.
public struct ScriptFaults: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The faults in the order of their lines.
    public var faults: [ScriptFault]

    /// The most that are reported of one script.
    public static let limit = 50

    /// The given faults, the first ones where there are too many.
    public init(faults: [ScriptFault]) { self.faults = Array(faults.prefix(ScriptFaults.limit)) }

    /// One line a fault.
    public var description: String { faults.map(\.inWords).joined(separator: "\n") }
}
