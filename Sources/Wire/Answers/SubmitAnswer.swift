public import Federation

/// What became of a submission.
public struct SubmitAnswer: Hashable, Sendable, Codable {
    /// The campaign.
    public var campaign: CampaignView
    /// How many tasks it has.
    public var tasks: Int
    /// Whether this key had been submitted before: nothing new was made.
    public var isRepeat: Bool

    /// An answer with that content.
    public init(campaign: CampaignView, tasks: Int, isRepeat: Bool) {
        self.campaign = campaign
        self.tasks = tasks
        self.isRepeat = isRepeat
    }
}
