/// A programme as a manager describes it, normalised: everything in it can be put into the book as it stands, and
/// putting it in twice changes nothing.
public struct ProgrammeDocument: Hashable, Sendable, Codable {
    /// The programme.
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
    public var partners: [ProgrammePartner]
    /// Its work packages.
    public var workPackages: [ProgrammeWorkPackage]
    /// Its members.
    public var members: [ProgrammeMember]
    /// Its activities.
    public var activities: [Activity]
    /// Who may do what, in the order in which it is written.
    public var eligibility: [EligibilityRow]
    /// What managers decided where a row says `ask`, as far as the document carries it.
    public var decisions: [EligibilityDecision]
    /// Grants of units at sites.
    public var allocations: [ProgrammeAllocation]
    /// Their shares.
    public var budgets: [ProgrammeBudget]

    /// A programme without anything.
    public init(id: ProgrammeID, name: String, grant: String? = nil, from: Instant, until: Instant) {
        self.id = id
        self.name = name
        self.grant = grant
        self.from = from
        self.until = until
        partners = []
        workPackages = []
        members = []
        activities = []
        eligibility = []
        decisions = []
        allocations = []
        budgets = []
    }

    /// The partners' countries.
    public var countries: [PartnerID: String] {
        Dictionary(partners.map { ($0.id, $0.country) }, uniquingKeysWith: { first, _ in first })
    }
}
