import Federation

/// What one cycle of the courier mode leaves to the next beside the journal. Losing it costs bundles that are read
/// again and chunks that are carried again, never more.
struct CourierState: Hashable, Codable {
    /// The journal whose documents `answered` counts.
    var journal: JournalID?
    /// The newest document that a reply has answered.
    var answered: Int64 = 0
    /// Chunks that the coordinator says it has, and when it was read.
    var delivered: [String: Instant] = [:]
    /// Wanted chunks that the coordinator does not have either.
    var absent: Set<String> = []

    /// Longer than any bundle should be under way: after that a chunk is asked about once more.
    static let rememberSeconds: Int64 = 60 * 86_400

    /// Whether a reply to that document can say anything new.
    func isStale(journal: JournalID, number: Int64) -> Bool {
        journal == self.journal && number <= answered
    }

    /// Takes in what a reply says beside its lists; of a stale one only that chunks have arrived, which stays true.
    mutating func note(_ reply: CourierReplyNote, isStale: Bool, now: Instant) {
        for chunk in reply.has { delivered[chunk] = now }
        if isStale { return }
        absent = Set(reply.absent)
        delivered = delivered.filter { now.seconds(since: $0.value) < CourierState.rememberSeconds }
        if reply.journal != journal {
            journal = reply.journal
            answered = 0
        }
        answered = max(answered, reply.number)
    }
}
