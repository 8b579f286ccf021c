public import Federation

/// A batch script as Hansa's own campaign of one task or of one array.
public struct MappedScript: Hashable, Sendable {
    /// The campaign's document, as a YAML file would say it.
    public var document: JSONValue
    /// What became of every line.
    public var notes: [MappingNote]
    /// The task's name; members of an array append their index.
    public var name: String
    /// The members of the array, if it is one.
    public var array: ArrayIndices?
    /// What the task asks for.
    public var resources: Resources
    /// A script for sbatch that asks for what the task asks for.
    public var equivalent: String
}
