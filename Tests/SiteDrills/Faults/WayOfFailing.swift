/// What happens to a process.
enum WayOfFailing: String, Sendable {
    /// It is killed at once, without a word to anybody.
    case kill
    /// It stands still until it is let go on: to everybody else it looks alive.
    case stop
}
