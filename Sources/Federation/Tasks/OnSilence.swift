/// What happens to a running task whose site has fallen silent.
public enum OnSilence: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nothing: it stays where it is until the site speaks, or a manager writes it off.
    case park
    /// After `mustStartBy` + walltime + grace + clock skew, when nothing of it can be running any more, it is
    /// queued again. Work may be repeated; it never runs twice at a time.
    case requeue
}
