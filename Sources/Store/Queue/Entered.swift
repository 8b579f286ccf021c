public import Federation

/// What a submission became.
public struct Entered: Sendable, Hashable {
    /// Its campaign, named by the hash of partner and key.
    public var campaign: CampaignID
    /// How many tasks it has.
    public var tasks: Int
    /// The same submission had come before; nothing was added.
    public var isRepeat: Bool
}
