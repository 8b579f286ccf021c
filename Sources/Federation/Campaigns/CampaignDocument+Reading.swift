/// A campaign's document from what YAML or JSON said.
extension CampaignDocument {
    /// The most tasks that a campaign may become.
    public static let maximumTasks = 1_000_000

    /// Reads a campaign; every fault is reported, with its place.
    public static func read(_ value: JSONValue) throws(DocumentFaults) -> CampaignDocument {
        let faults = FaultCollector()
        let campaign = read(DocumentNode(value, faults: faults))
        try faults.throwIfAny()
        guard let campaign else { throw DocumentFaults(faults: [.init(path: [], message: "is no campaign")]) }
        return campaign
    }

    private static let keys = ["name", "programme", "workPackage", "activity", "defaults", "tasks", "title"]

    private static func read(_ node: DocumentNode) -> CampaignDocument? {
        guard let object = node.object(keys: keys) else { return nil }
        let name = object.required("name")?.identifier(Campaign.self)
        let programme = object.optional("programme")?.identifier(Programme.self)
        let workPackage = object.optional("workPackage")?.identifier(WorkPackage.self)
        _ = object.optional("title")?.text()
        var defaults = DocumentObject(
            members: object.members.filter { ["workPackage", "activity"].contains($0.key) },
            path: object.path,
            faults: object.faults)
        if let node = object.optional("defaults"),
            let own = node.object(keys: CampaignTask.sharedKeys)
        {
            defaults = DocumentObject(own, fallback: defaults)
        }
        guard let list = object.required("tasks") else { return nil }
        let tasks = list.list().compactMap { CampaignTask.read($0, defaults: defaults) }
        if list.elements().isEmpty { list.fault("needs at least one task") }
        guard let name else { return nil }
        let campaign = CampaignDocument(
            name: name.rawValue, programme: programme, workPackage: workPackage, tasks: tasks)
        if campaign.count > maximumTasks {
            list.fault(
                "becomes more than \(maximumTasks) tasks",
                suggestion: "split the campaign, or make its matrices smaller")
        }
        let bytes = campaign.tasks.reduce(0) { sum, task in
            let length = task.script?.text.utf8.count ?? 0
            return sum.addingReportingOverflow(
                length.multipliedReportingOverflow(by: task.count).partialValue
            )
            .partialValue
        }
        if campaign.count <= maximumTasks, bytes > TaskScript.maximumCampaignBytes {
            list.fault(
                "the scripts of its \(campaign.count) tasks are \(bytes >> 20) MiB in all, more than "
                    + "\(TaskScript.maximumCampaignBytes >> 20) MiB",
                suggestion: "put what is long into a file at the site, and let a short script call it")
        }
        return campaign
    }
}
