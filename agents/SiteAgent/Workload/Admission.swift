/// Whether a pack may be submitted.
public enum Admission: Hashable, Sendable {
    /// Now; `submit` follows.
    case now
    /// Later, for a reason that people should see.
    case later(String)
}
