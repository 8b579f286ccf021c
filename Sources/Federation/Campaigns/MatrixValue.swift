/// One value of an axis of a matrix, and what else is said of it.
public struct MatrixValue: Hashable, Sendable {
    /// The value itself.
    public var name: String
    /// Further fields: `{group.languages}` is the field `languages` of the axis `group`.
    public var fields: [String: [String]]
}
