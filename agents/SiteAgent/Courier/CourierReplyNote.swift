import Federation

/// What a reply's bundle says beside the reply itself.
struct CourierReplyNote: Hashable {
    /// The journal that it answers.
    var journal: JournalID
    /// The document that it answers.
    var number: Int64
    /// Carried chunks that have arrived.
    var has: [String]
    /// Wanted chunks that nobody has.
    var absent: [String]
}
