import FoundationEssentials

/// The API's answers as JSON for programs.
enum JSONOutput {
    /// Prints the value, keys sorted.
    static func show(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
