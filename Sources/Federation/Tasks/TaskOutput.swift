/// An output that a task declares.
public struct TaskOutput: Hashable, Sendable, Codable {
    /// The folder's name below `HANSA_OUTPUTS`, and the artifact's name within its campaign.
    public var name: String
    /// Its licence as an SPDX expression, where known beforehand.
    public var licence: String?
    /// The site it may never leave, if any: tasks that read it go there.
    public var residency: SiteID?

    /// The output with that name.
    public init(name: String, licence: String? = nil, residency: SiteID? = nil) {
        self.name = name
        self.licence = licence
        self.residency = residency
    }
}
