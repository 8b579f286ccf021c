/// One axis of a matrix: a task is made for every combination of the axes' values.
public struct MatrixAxis: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its values, in the order in which tasks are made.
    public var values: [MatrixValue]
}
