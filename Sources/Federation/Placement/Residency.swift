/// An artifact that may never leave a site: the task that reads or makes it goes there.
public struct Residency: Hashable, Sendable, Codable {
    /// The artifact.
    public var artifact: String
    /// The site it stays at.
    public var site: SiteID
    /// Its licence, where known: usually the reason.
    public var licence: String?

    /// That artifact stays at that site.
    public init(artifact: String, site: SiteID, licence: String? = nil) {
        self.artifact = artifact
        self.site = site
        self.licence = licence
    }
}
