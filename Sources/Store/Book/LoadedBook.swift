import Federation

/// A slice of the book with the row ids that it was read from.
struct LoadedBook {
    /// The slice.
    var book: Book
    /// The tasks' row ids, also of tasks that the book knows by attempts only.
    var rows: [TaskID: Int64]
    /// The sites of the budgets' allocations.
    var budgetSites: [BudgetID: SiteID]
    /// The budgets' rows are locked; otherwise they are changed by differences, and only where that is the same.
    var budgetsAreLocked: Bool
}
