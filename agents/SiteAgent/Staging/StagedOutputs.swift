public import Federation

/// What was staged out of a member, written into its folder when it is done: its end is told only then.
public struct StagedOutputs: Hashable, Sendable, Codable {
    /// The declared outputs.
    public var artifacts: [ProducedArtifact]
    /// What people should know (an output is empty, a link was left out).
    public var notes: [String]
}
