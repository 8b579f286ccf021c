import Federation

/// A campaign's tasks, summed for people.
struct CampaignCounts {
    let all: Int
    let completed: Int
    let open: Int
    let bad: Int

    init(_ campaign: CampaignView) {
        all = campaign.tasks.values.reduce(0, +)
        completed = campaign.count(.completed)
        open = TaskState.allCases.filter { !$0.hasEnded }.reduce(0) { $0 + campaign.count($1) }
        bad = all - completed - open
    }

    var badge: HTML {
        if open > 0 { return PageParts.badge("under way", .calm) }
        return bad == 0
            ? PageParts.badge("complete", .good) : PageParts.badge("ended, \(bad) not completed", .bad)
    }
}
