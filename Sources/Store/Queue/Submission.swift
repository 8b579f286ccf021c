public import Federation

/// A checked submission: everything in it is entered, or nothing.
public struct Submission: Sendable {
    /// The partner that submits and pays.
    public var partner: PartnerID
    /// The member who submits.
    public var member: MemberID
    /// The submission's key, unique per partner.
    public var key: String
    /// The document as it came, in its canonical JSON.
    public var body: String
    /// The campaign's name.
    public var name: String
    /// The campaign's work package, if all its tasks have one.
    public var workPackage: WorkPackageID?
    /// The tasks in the order of their indices; not empty.
    public var specs: [TaskSpec]
    /// For each task the indices of those that must complete first.
    public var parents: [[Int]]
    /// For each task those of earlier campaigns that must complete first.
    public var earlier: [[TaskID]]
    /// Their shapes.
    public var shapes: [Shape]

    /// A submission of those tasks.
    public init(
        partner: PartnerID, member: MemberID, key: String, body: String, name: String,
        workPackage: WorkPackageID? = nil, specs: [TaskSpec], parents: [[Int]], earlier: [[TaskID]],
        shapes: [Shape]
    ) {
        self.partner = partner
        self.member = member
        self.key = key
        self.body = body
        self.name = name
        self.workPackage = workPackage
        self.specs = specs
        self.parents = parents
        self.earlier = earlier
        self.shapes = shapes
    }

    /// A submission of an expanded campaign.
    public init(
        partner: PartnerID, member: MemberID, key: String, body: String, name: String,
        workPackage: WorkPackageID?, campaign: ExpandedCampaign
    ) {
        self.init(
            partner: partner, member: member, key: key, body: body, name: name, workPackage: workPackage,
            specs: campaign.tasks, parents: campaign.dependencies, earlier: campaign.earlierTasks,
            shapes: campaign.tasks.indices.map { campaign.shape($0) })
    }
}
