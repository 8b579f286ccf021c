/// Everything about a task that placement reads. Two tasks of one shape are placed alike, so choices are made once a
/// shape, whatever the number of tasks.
public struct Shape: Hashable, Sendable, Codable {
    /// The partner that pays.
    public var partner: PartnerID
    /// The member who submitted it: an agent may serve named members only.
    public var member: MemberID
    /// Its work package.
    public var workPackage: WorkPackageID?
    /// The only budget it may be booked on, if it names one.
    public var budget: BudgetID?
    /// Higher goes first within a partner.
    public var priority: Int
    /// What it needs.
    public var resources: Resources
    /// The software stack it needs.
    public var stack: String
    /// Sites it may run at, in the order of their names; empty means any.
    public var sites: [SiteID]
    /// What it reads or makes that may not leave a site, by artifact.
    public var residency: [Residency]
    /// Whether it may share a job with others of this shape.
    public var packable: Bool

    /// The shape of a task that reads and makes these resident artifacts.
    public init(of task: TaskSpec, residency: [Residency] = []) {
        partner = task.partner
        member = task.member
        workPackage = task.workPackage
        budget = task.budget
        priority = task.priority
        resources = task.resources
        stack = task.stack
        sites = Array(Set(task.sites)).sorted()
        self.residency = Array(Set(residency)).sorted { ($0.artifact, $0.site) < ($1.artifact, $1.site) }
        // A job that members share has one set of options.
        packable = task.packable && task.batchOptions.isEmpty
    }
}
