import Federation

/// The versions of what crosses a process border.
public enum WireVersion {
    /// The programs' own version.
    public static let program = "0.1.0"
    /// The API's: the `v1` of its paths.
    public static let api = 1
    /// The site exchange's.
    public static let exchange = AgentDocument.currentVersion
}
