/// An output that an attempt left, as its agent reports it.
public struct ProducedArtifact: Hashable, Sendable, Codable {
    /// The output's name.
    public var name: String
    /// SHA-256 of the manifest's canonical JSON, 64 hexadecimal digits.
    public var sha256: String
    /// What it consists of.
    public var manifest: Manifest
    /// Whether its bytes stay at the site (residency): only the manifest travels.
    public var staysAtSite: Bool

    /// An output with that manifest.
    public init(name: String, sha256: String, manifest: Manifest, staysAtSite: Bool) {
        self.name = name
        self.sha256 = sha256
        self.manifest = manifest
        self.staysAtSite = staysAtSite
    }
}
