public import Federation
import FoundationEssentials
import Store

extension Coordinator {
    /// Takes a submission: everything in it, or nothing. The same key with the same body again answers the first
    /// result; with another body it throws `.conflict`.
    public func submit(key: String, document: JSONValue, by principal: Principal) async throws -> Submitted {
        try await CoordinationError.translating {
            try mustBeKey(key)
            let body = try canonical(document)
            // Before anything is checked: what was taken once stays taken, even if it would be refused today.
            if let first = try await stores.submissions.first(
                partner: principal.partner, key: key, body: body)
            {
                return try await submitted(first)
            }
            let (campaign, expanded) = try await expand(document, by: principal)
            let now = settings.now()
            try await refuseIneligible(principal.partner, now: now)
            let submission = Submission(
                partner: principal.partner, member: principal.member, key: key, body: body,
                name: campaign.name,
                workPackage: campaign.workPackage, campaign: expanded)
            let entered = try await stores.submissions.enter(submission, now: now)
            if !entered.isRepeat { signals.placeable() }
            return try await submitted(entered)
        }
    }

    /// What a campaign would cost at each site, and which sites refuse it and why: nothing is kept or held. One answer
    /// a shape.
    public func quote(document: JSONValue, by principal: Principal) async throws -> [QuoteView] {
        try await CoordinationError.translating {
            let (_, expanded) = try await expand(document, by: principal)
            var order: [Shape] = []
            var counts: [Shape: (example: String, tasks: Int)] = [:]
            for index in expanded.tasks.indices {
                let shape = expanded.shape(index)
                if counts[shape] == nil { order.append(shape) }
                counts[shape, default: (expanded.tasks[index].name, 0)].tasks += 1
            }
            let context = try await stores.placement.context(now: settings.now())
            return order.compactMap { shape in
                counts[shape].map { count in
                    QuoteView(
                        example: count.example, tasks: count.tasks,
                        placement: Placement.decide(PlacementRequest(shape: shape), in: context))
                }
            }
        }
    }

    /// Why a task goes where it goes, or waits: said of each site, by the rule that places it.
    public func why(task: TaskID, by principal: Principal) async throws -> Placement {
        try await CoordinationError.translating {
            try mustSee(try await stores.tasks.partner(of: task), "task \(task)", principal)
            guard let found = try await stores.tasks.request(task) else {
                throw CoordinationError(.notFound, "there is no task \(task)")
            }
            return Placement.decide(
                found.request, in: try await stores.placement.context(now: settings.now()))
        }
    }

    private func submitted(_ entered: Entered) async throws -> Submitted {
        guard let view = try await stores.campaigns.view(entered.campaign) else {
            throw CoordinationError(.notFound, "there is no campaign \(entered.campaign)")
        }
        return Submitted(campaign: view, tasks: entered.tasks, isRepeat: entered.isRepeat)
    }

    /// Reads a campaign and turns it into tasks, with everything checked that a name in it can mean.
    private func expand(
        _ document: JSONValue, by principal: Principal
    ) async throws -> (CampaignDocument, ExpandedCampaign) {
        let campaign = try CampaignDocument.read(document)
        guard campaign.count <= settings.tasksPerSubmission else {
            throw CoordinationError(
                .tooLarge,
                "the campaign has \(campaign.count) tasks, at most \(settings.tasksPerSubmission) are taken")
        }
        var context = SubmissionContext(partner: principal.partner, member: principal.member)
        // Side by side: whoever submits waits for all of them.
        async let standing = stores.programme.document()
        async let sites = stores.sites.ids()
        async let budgets = stores.budgets.views(for: principal.partner)
        async let earlier = stores.campaigns.earlier(campaign.earlierCampaigns, for: principal.partner)
        let programme = try await standing
        context.programme = programme?.id
        context.workPackages = programme?.workPackages.map(\.id)
        context.activities = programme?.activities.map(\.id)
        context.sites = try await sites
        context.budgets = try await budgets.map(\.id)
        context.earlier = try await earlier
        let expanded = try campaign.expand(in: context)
        guard !expanded.tasks.isEmpty else { throw CoordinationError(.invalid, "the campaign has no tasks") }
        return (campaign, expanded)
    }

    private func refuseIneligible(_ partner: PartnerID, now: Instant) async throws {
        let ruling = try await stores.programme.eligibility().compute(partner, at: now)
        guard ruling.verdict != .allow else { return }
        throw CoordinationError(
            .refused, ruling.inWords,
            extra: ["verdict": .string(ruling.verdict.rawValue), "matter": .string(ruling.matter.rawValue)])
    }

    /// One spelling of a document, so that the same one sent by another program is the same body.
    private func canonical(_ document: JSONValue) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
