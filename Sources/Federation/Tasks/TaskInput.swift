/// An input that a task names: where it stands below `HANSA_INPUTS`, and which artifact it is.
public struct TaskInput: Hashable, Sendable, Codable {
    /// The folder's name below `HANSA_INPUTS`.
    public var name: String
    /// The artifact's name within its campaign, or `campaign/name` of another one.
    public var artifact: String

    /// The artifact under that name.
    public init(name: String, artifact: String) {
        self.name = name
        self.artifact = artifact
    }
}
