/// What a member may do.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// Submits tasks for its partner, sees and cancels its partner's tasks.
    case submitter
    /// Enrols and drains the agents of its sites, and sees what runs there.
    case siteAdmin
    /// Applies programmes and sites, grants, transfers, decides what eligibility asks, sees everything.
    case manager
    /// Reads everything, changes nothing.
    case auditor
    /// Runs the coordinator: members, tokens, alarms. No say over budgets.
    case `operator`
}
