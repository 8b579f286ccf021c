/// An input of an offered attempt, resolved to one version.
public struct StagedInput: Hashable, Sendable, Codable {
    /// The folder's name below `HANSA_INPUTS`.
    public var name: String
    /// SHA-256 of the manifest's canonical JSON.
    public var sha256: String
    /// What it consists of.
    public var manifest: Manifest

    /// An input with that manifest.
    public init(name: String, sha256: String, manifest: Manifest) {
        self.name = name
        self.sha256 = sha256
        self.manifest = manifest
    }
}
