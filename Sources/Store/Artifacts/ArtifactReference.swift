import Federation
import Postgres

/// An artifact as a task names it: `name` in its own campaign, or `campaign/name` with another one's id or name.
struct ArtifactReference: Hashable {
    /// The campaign, by id or name.
    var campaign: String
    /// The artifact's name.
    var name: String

    /// Reads a reference out of a task of that campaign.
    init(_ text: String, campaign own: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        campaign = parts.count == 2 ? String(parts[0]) : own
        name = String(parts[parts.count - 1])
    }

    /// A scalar sub-select of the newest version's row id; a campaign's name means that partner's newest one.
    func newest(partner: PartnerID) -> SQL {
        """
        (SELECT a.id FROM artifact a WHERE a.name = \(name) AND a.campaign = coalesce(
            (SELECT c.id FROM campaign c WHERE c.id = \(campaign)),
            (SELECT c.id FROM campaign c WHERE c.name = \(campaign) AND c.partner = \(partner)
                ORDER BY c.place DESC LIMIT 1))
        ORDER BY a.id DESC LIMIT 1)
        """
    }
}
