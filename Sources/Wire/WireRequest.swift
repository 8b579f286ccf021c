/// A request's body that a person or a script may have written: keys that mean nothing in it are faults.
public protocol WireRequest: Codable, Hashable, Sendable {
    /// Every key that means something.
    static var members: Set<String> { get }
}
