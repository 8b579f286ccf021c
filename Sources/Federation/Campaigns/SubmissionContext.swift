/// Who submits a campaign, and what the names in it can mean. Where a list is nil, names of its sort are not checked:
/// so the CLI can check a file without a coordinator.
public struct SubmissionContext: Sendable {
    /// The partner that pays.
    public var partner: PartnerID
    /// The member who submits.
    public var member: MemberID
    /// The programme.
    public var programme: ProgrammeID?
    /// Its work packages.
    public var workPackages: [WorkPackageID]?
    /// Ids of its activities.
    public var activities: [String]?
    /// Its sites.
    public var sites: [SiteID]?
    /// Its budgets.
    public var budgets: [BudgetID]?
    /// Earlier campaigns by name: at least those of `CampaignDocument.earlierCampaigns` that exist. Nil leaves their
    /// artifacts unchecked and unexpanded.
    public var earlier: [String: EarlierCampaign]?

    /// A submission of which nothing else is known.
    public init(partner: PartnerID, member: MemberID) {
        self.partner = partner
        self.member = member
    }
}
