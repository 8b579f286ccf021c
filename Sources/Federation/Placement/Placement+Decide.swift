/// The rule of placement. Hard rules first, each with its reason; among the sites that remain the soft ones choose.
extension Placement {
    /// Decides where a task goes, and says of every site why or why not.
    public static func decide(_ request: PlacementRequest, in context: PlacementContext) -> Placement {
        let general = generalRefusals(request, context)
        var verdicts: [SiteVerdict] = []
        var best: (choice: PlacementChoice, score: Int64)?
        for site in context.sites {
            let evaluation = SiteEvaluation(request: request, context: context, site: site)
            var (verdict, choice) = evaluation.result()
            verdict.refusals = general + verdict.refusals
            verdict.words = verdict.refusals.map(\.inWords)
            verdicts.append(verdict)
            // Sites come in the order of their names, so that equal scores are decided the same way everywhere.
            if general.isEmpty, let choice, verdict.score > best?.score ?? Int64.min {
                best = (choice, verdict.score)
            }
        }
        let known = Set(context.sites.map(\.document.id))
        for site in request.shape.sites where !known.contains(site) {
            let refusal = Refusal.unknownSite(site: site)
            verdicts.append(
                SiteVerdict(
                    site: site, agent: nil, partition: nil, budget: nil, refusals: [refusal],
                    words: [refusal.inWords],
                    cost: nil, expectedStart: nil, score: 0))
        }
        return Placement(
            choice: best?.choice, perSite: verdicts, general: general, words: general.map(\.inWords))
    }

    private static func generalRefusals(_ request: PlacementRequest, _ context: PlacementContext) -> [Refusal]
    {
        var refusals: [Refusal] = []
        let ruling = context.eligibility.compute(request.shape.partner, at: context.now)
        if ruling.verdict != .allow { refusals.append(.eligibility(ruling)) }
        if let until = request.notBefore, until > context.now {
            refusals.append(.backOff(until: until, agent: nil))
        }
        return refusals
    }
}
