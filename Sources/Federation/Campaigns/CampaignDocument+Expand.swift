extension CampaignDocument {
    /// Turns the campaign into tasks: every combination of every matrix, inputs and dependencies resolved. Every fault
    /// is reported, with the place in the document that causes it.
    public func expand(in context: SubmissionContext) throws(DocumentFaults) -> ExpandedCampaign {
        let faults = FaultCollector()
        check(context, faults)
        try faults.throwIfAny()
        var expansion = CampaignExpansion(context: context, faults: faults)
        for (place, task) in tasks.enumerated() where !faults.isFull { expansion.add(task, at: place) }
        try faults.throwIfAny()
        expansion.resolve(tasks)
        try faults.throwIfAny()
        return expansion.result
    }

    /// Whether the names in the document exist.
    private func check(_ context: SubmissionContext, _ faults: FaultCollector) {
        if let programme, let here = context.programme, programme != here {
            faults.add(
                [.key("programme")], "the campaign is for \(programme), this coordinator keeps \(here)")
        }
        for task in tasks {
            if let known = context.activities, !known.contains(task.activity) {
                faults.add(
                    task.path + [.key("activity")], "there is no activity \(task.activity)",
                    suggestion: Spelling.suggestion(for: task.activity, among: known))
            }
            check(task.workPackage, context.workPackages, "workPackage", "work package", task, faults)
            check(task.budget, context.budgets, "budget", "budget", task, faults)
            for site in task.sites { check(site, context.sites, "sites", "site", task, faults) }
            for output in task.outputs {
                for site in [output.residency].compactMap({ $0 }) + output.residencies.values.sorted() {
                    guard let known = context.sites, !known.contains(site) else { continue }
                    faults.add(
                        output.path + [.key("residency")], "there is no site \(site)",
                        suggestion: Spelling.suggestion(for: site.rawValue, among: known.map(\.rawValue)))
                }
            }
        }
        for name in earlierCampaigns.sorted() {
            guard let earlier = context.earlier, earlier[name] == nil else { continue }
            let input = tasks.lazy.flatMap(\.inputs).first { input in
                input.artifacts.contains { $0.source.hasPrefix(name + "/") }
            }
            faults.add(
                input?.path ?? [.key("tasks")], "there is no campaign \(name) yet",
                suggestion: "submit it first; or, if it is an output of this campaign, write its name alone")
        }
    }

    private func check<Kind>(
        _ id: Identifier<Kind>?, _ known: [Identifier<Kind>]?, _ key: String, _ kind: String,
        _ task: CampaignTask,
        _ faults: FaultCollector
    ) {
        guard let id, let known, !known.contains(id) else { return }
        faults.add(
            task.path + [.key(key)], "there is no \(kind) \(id)",
            suggestion: Spelling.suggestion(for: id.rawValue, among: known.map(\.rawValue)))
    }
}
