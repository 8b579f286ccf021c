/// A budget as the coordinator shows it.
struct BookBudget: Decodable, Sendable {
    /// Its figures.
    struct Balance: Decodable, Sendable {
        var granted: Thousandths
        var overrun: Thousandths
        var available: Thousandths
        var held: Thousandths
        var spent: Thousandths
        var expired: Thousandths
    }

    var id: String
    var unit: String
    var balance: Balance
}
