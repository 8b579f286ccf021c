/// What applying a programme's document changes in the book, seen from the document that was applied before.
public struct ProgrammePlan: Hashable, Sendable {
    /// A change of what a budget was granted by the document: positive is a grant, negative gives units back.
    public struct Grant: Hashable, Sendable {
        /// The budget.
        public var budget: BudgetID
        /// The change.
        public var change: Amount
    }

    /// What changes, in words; empty when nothing does.
    public var words: [String]
    /// Grants to be booked, in the document's order. Everything else is put in as it stands.
    public var grants: [Grant]
    /// Budgets that the document no longer names: they stay in the book, what was granted is given back as far as it
    /// is available.
    public var droppedBudgets: [BudgetID]
    /// Members that the document no longer names: they may no longer sign in.
    public var droppedMembers: [MemberID]
}
