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
        for template in tasks.lazy.flatMap(\.inputs).flatMap(\.artifacts) {
            if let name = CampaignDocument.earlierCampaign(of: template.source) { names.insert(name) }
        }
        for field in tasks.lazy.flatMap(\.matrix).flatMap(\.values).flatMap(\.fields.values).joined() {
            if let name = CampaignDocument.earlierCampaign(of: field) { names.insert(name) }
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
