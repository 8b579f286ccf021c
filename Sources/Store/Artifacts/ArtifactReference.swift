/// An artifact as a task's spec names it: `name` in its own campaign, or `campaign/name` with another one's id.
struct ArtifactReference: Hashable {
    /// The campaign.
    var campaign: String
    /// The artifact's name.
    var name: String

    /// Reads a reference out of a task of that campaign.
    init(_ text: String, campaign own: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        campaign = parts.count == 2 ? String(parts[0]) : own
        name = String(parts[parts.count - 1])
    }
}
