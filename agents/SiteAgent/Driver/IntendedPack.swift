import Federation

/// A pack whose intent to submit is journalled.
struct IntendedPack: Sendable {
    /// The pack.
    var pack: PackID
    /// What is to be run.
    var offer: Offer
    /// Members cancelled beforehand, which keep their place and never start.
    var emptySlots: [AttemptKey]
}
