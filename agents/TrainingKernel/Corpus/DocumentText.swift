internal import FoundationEssentials

/// JSON as the tasks of the kernel write it: keys sorted, so equal content is equal bytes.
enum DocumentText {
    static func file(_ value: some Encodable) throws(CorpusFault) -> [UInt8] {
        try encode(value, [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]) + [10]
    }

    static func line(_ value: some Encodable) throws(CorpusFault) -> String {
        String(decoding: try encode(value, [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
    }

    private static func encode(
        _ value: some Encodable, _ format: JSONEncoder.OutputFormatting
    ) throws(CorpusFault) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = format
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw CorpusFault(.data, "cannot write JSON: \(error)")
        }
    }
}
