/// A campaign as a member writes it: tasks with matrices, not yet expanded.
public struct CampaignDocument: Hashable, Sendable {
    /// The campaign's name.
    public var name: String
    /// The programme it is meant for, if it says so: a guard against the wrong coordinator.
    public var programme: ProgrammeID?
    /// The work package of its tasks, if they share one.
    public var workPackage: WorkPackageID?
    /// Its tasks.
    public var tasks: [CampaignTask]

    /// How many tasks it becomes.
    public var count: Int {
        tasks.reduce(0) { sum, task in
            let (count, overflow) = sum.addingReportingOverflow(task.count)
            return overflow ? Int.max : count
        }
    }

    /// Names of the earlier campaigns whose artifacts it reads; what they leave is needed to expand it.
    public var earlierCampaigns: Set<String> {
        var names: Set<String> = []
        for task in tasks {
            let known = TemplateReader(axes: task.matrix)
            for template in task.inputs.lazy.flatMap(\.artifacts) {
                if let name = CampaignDocument.earlierCampaign(of: template.source) { names.insert(name) }
                // An input may be a field of the matrix, which then names the campaign.
                for (axis, field) in template.references {
                    names.formUnion(
                        known.values(axis, field).compactMap(CampaignDocument.earlierCampaign(of:)))
                }
            }
        }
        return names
    }

    /// The campaign that `campaign/name` names.
    static func earlierCampaign(of artifact: String) -> String? {
        let parts = artifact.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains("{") else { return nil }
        return String(parts[0])
    }
}
