import Federation

/// The list of campaigns.
struct CampaignsPage {
    let campaigns: [CampaignView]
    let next: String?

    func html() -> HTML {
        tag("div") {
            tag("h1", "Campaigns")
            tag("p", ["class": "lead"], "What was submitted, newest first.")
            PageParts.table(
                "Campaigns",
                heads: [
                    "Campaign", "Partner", "Work package", "Submitted", "Took", ">Tasks", ">Completed",
                    ">Open", ">Not completed", ">Chain links", "State",
                ]
            ) {
                for campaign in campaigns { row(campaign) }
                if campaigns.isEmpty { PageParts.emptyRow(11, "Nothing was submitted yet.") }
            }
            if let next {
                tag("p") { tag("a", ["href": "/campaigns?after=\(next)", "rel": "next"], "Older campaigns") }
            }
        }
    }

    private func row(_ campaign: CampaignView) -> HTML {
        let counts = CampaignCounts(campaign)
        return tag("tr") {
            PageParts.head { PageParts.link(["campaigns", campaign.id.rawValue], campaign.name) }
            PageParts.cell(campaign.partner.rawValue)
            PageParts.cell(campaign.workPackage?.rawValue ?? "–")
            tag("td") { PageParts.time(campaign.submittedAt) }
            PageParts.cell(
                campaign.endedAt.map { PageText.duration(seconds: $0.seconds(since: campaign.submittedAt)) }
                    ?? "–")
            PageParts.number(PageText.count(Int64(counts.all)))
            PageParts.number(PageText.count(Int64(counts.completed)))
            PageParts.number(PageText.count(Int64(counts.open)))
            PageParts.number(PageText.count(Int64(counts.bad)))
            PageParts.number(PageText.count(Int64(campaign.links)))
            tag("td") { counts.badge }
        }
    }
}
