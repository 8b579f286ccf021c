public import Federation

/// A pack whose record is asked for.
public struct PackInQuestion: Sendable {
    /// The pack.
    public var pack: PackID
    /// Its run folder, whether there is one or not.
    public var folder: RunFolder
    /// Ids of its jobs as far as the journal knows them.
    public var jobs: [String]
    /// What it asked for, where known.
    public var resources: Resources?
}
