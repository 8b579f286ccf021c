import Federation

/// One caller's proposals.
struct Claim: Sendable {
    /// The packs; a row of the queue stands in one of them.
    var packs: [PackClaim]
    /// The epoch under which they are proposed.
    var epoch: Int64
    /// When.
    var now: Instant
}
