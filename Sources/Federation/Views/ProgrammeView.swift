/// The programme as its page and `hansa report` show it.
public struct ProgrammeView: Hashable, Sendable, Codable {
    /// Its id.
    public var id: ProgrammeID
    /// Its name.
    public var name: String
    /// Its grant's number, if any.
    public var grant: String?
    /// When it begins.
    public var from: Instant
    /// When it ends.
    public var until: Instant
    /// Its partners.
    public var partners: [PartnerView]
    /// Its work packages: id and title.
    public var workPackages: [String: String]
    /// Its budgets.
    public var budgets: [BudgetView]

    /// A programme with that content.
    public init(
        id: ProgrammeID, name: String, grant: String?, from: Instant, until: Instant, partners: [PartnerView],
        workPackages: [String: String], budgets: [BudgetView]
    ) {
        self.id = id
        self.name = name
        self.grant = grant
        self.from = from
        self.until = until
        self.partners = partners
        self.workPackages = workPackages
        self.budgets = budgets
    }
}
