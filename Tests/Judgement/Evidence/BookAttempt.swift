/// An attempt as the coordinator shows it.
struct BookAttempt: Decodable, Sendable {
    /// What it is said to have used.
    struct Usage: Decodable, Sendable {
        var nodes: Int64
        var coresPerNode: Int64
        var estimated: Bool
    }

    /// How it is said to have ended.
    struct End: Decodable, Sendable {
        var exit: Int32?
    }

    /// `submission-index.generation.counter`.
    var key: String
    var state: String
    var site: String
    var pack: String
    var job: String?
    var budget: String?
    var hold: Thousandths
    var holdSize: Thousandths
    var charged: Thousandths
    var usage: Usage?
    /// Microseconds since 1970; before 1970 for one that came up at the site without the book's knowing.
    var offeredAt: Int64
    var end: End?

    /// The task's own name: the key without generation and counter.
    var task: String {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        return parts.dropLast(2).joined(separator: ".")
    }
    /// Whether its offer came to nothing.
    var isBurnt: Bool { ["declined", "withdrawn", "expired"].contains(state) }
    /// Whether it was found at the site, and never claimed by this book.
    var cameUp: Bool { offeredAt < 0 }
}
