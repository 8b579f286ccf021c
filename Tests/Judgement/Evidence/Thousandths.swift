/// Thousandths of a unit-second, which travel as strings: 3,600,000 are a core-hour.
struct Thousandths: Decodable, Hashable, Sendable {
    var value: Int64

    init(_ value: Int64) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Int64(text), abs(value) < 1 << 60 else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no amount: \(text)")
        }
        self.value = value
    }

    /// The amount in unit-seconds (core-seconds), as sentences show it.
    static func text(_ value: Int64) -> String {
        let sign = value < 0 ? "-" : ""
        let rest = String(abs(value) % 1000)
        return "\(sign)\(abs(value) / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
    }
}
