/// A published artifact.
public struct ArtifactView: Hashable, Sendable, Codable {
    /// Its name within its campaign.
    public var name: String
    /// Its campaign.
    public var campaign: CampaignID
    /// The task that left it.
    public var task: TaskID
    /// SHA-256 of its manifest: its version.
    public var sha256: String
    /// Bytes of all its files.
    public var bytes: Int64
    /// How many files it has.
    public var files: Int
    /// Its licence, where declared.
    public var licence: String?
    /// The site that it may never leave, if any.
    public var residency: SiteID?
    /// Sites where it is, and `depot` for the coordinator's own.
    public var places: [String]
    /// When it was published.
    public var publishedAt: Instant

    /// An artifact with those facts.
    public init(
        name: String, campaign: CampaignID, task: TaskID, sha256: String, bytes: Int64, files: Int,
        licence: String?, residency: SiteID?, places: [String], publishedAt: Instant
    ) {
        self.name = name
        self.campaign = campaign
        self.task = task
        self.sha256 = sha256
        self.bytes = bytes
        self.files = files
        self.licence = licence
        self.residency = residency
        self.places = places
        self.publishedAt = publishedAt
    }
}
