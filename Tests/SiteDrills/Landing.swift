/// What was seen of a fault: without it a drill does not count.
struct Landing: Sendable {
    /// What was hit, in words.
    var target: String
    /// The process that was hit, where it was one.
    var pid: Int32?
    /// What was seen, in words.
    var evidence: String
}
