/// A number of nodes: `4`, `2-8`, `1k`.
public struct NodeCount: Hashable, Sendable {
    /// The fewest.
    public var least: Int
    /// The most; nil where only one number stands there.
    public var most: Int?

    /// Reads a number of nodes; nil where sbatch takes it for none, and for 0.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(NodeCount.number)
        guard (1...2).contains(parts.count), let first = parts[0], first > 0 else { return nil }
        least = first
        guard parts.count == 2 else { return }
        guard let last = parts[1], last >= first else { return nil }
        most = last
    }

    /// In words that sbatch reads back.
    public var text: String { most.map { "\(least)-\($0)" } ?? "\(least)" }

    private static func number(_ text: Substring) -> Int? {
        var digits = text
        var factor = 1
        switch digits.last {
        case "k", "K": factor = 1024
        case "m", "M": factor = 1024 * 1024
        default: break
        }
        if factor > 1 { digits.removeLast() }
        return WholeNumber.read(digits, digits: 7).map { $0 * factor }
    }
}
