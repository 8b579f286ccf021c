public import Federation

/// What a submission became.
public struct Submitted: Sendable, Hashable, Codable {
    /// The campaign.
    public var campaign: CampaignView
    /// How many tasks it brought.
    public var tasks: Int
    /// The same submission had come before: this is its first result, nothing was added.
    public var isRepeat: Bool

    /// That campaign.
    public init(campaign: CampaignView, tasks: Int, isRepeat: Bool) {
        self.campaign = campaign
        self.tasks = tasks
        self.isRepeat = isRepeat
    }
}
