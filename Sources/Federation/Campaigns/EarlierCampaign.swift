/// What an earlier campaign of the programme leaves, as its tasks declared it.
public struct EarlierCampaign: Hashable, Sendable {
    /// One of its outputs.
    public struct Output: Hashable, Sendable {
        /// The output's name.
        public var name: String
        /// The task that makes it.
        public var task: TaskID
        /// Its licence, if known.
        public var licence: String?
        /// The site it may never leave, if any.
        public var residency: SiteID?

        /// An output of that task.
        public init(name: String, task: TaskID, licence: String? = nil, residency: SiteID? = nil) {
            self.name = name
            self.task = task
            self.licence = licence
            self.residency = residency
        }
    }

    /// The campaign: the newest of its name.
    public var id: CampaignID
    /// Its outputs.
    public var outputs: [Output]

    /// A campaign with those outputs.
    public init(id: CampaignID, outputs: [Output]) {
        self.id = id
        self.outputs = outputs
    }
}
