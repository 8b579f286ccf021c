/// A line of the ledger as the coordinator shows it.
struct BookEntry: Decodable, Sendable {
    var number: Int64
    /// Microseconds since 1970.
    var bookedAt: Int64
    var kind: String
    var budget: String?
    var amount: Thousandths
    var released: Thousandths
    var attempt: String?
}
