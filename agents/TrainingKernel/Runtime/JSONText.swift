internal import FoundationEssentials

/// JSON in the one form the kernel writes: sorted keys, slashes as they are.
enum JSONText {
    /// One line.
    static func line(_ value: some Encodable) throws -> [UInt8] { try encode(value, [.sortedKeys]) }

    /// For people as well.
    static func pretty(_ value: some Encodable) throws -> [UInt8] {
        try encode(value, [.sortedKeys, .prettyPrinted]) + [UInt8(ascii: "\n")]
    }

    /// Reads a small file; the error names it.
    static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
        let data = try MappedFile.read(path) { Data($0) }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw KernelFault.data("\(path) is not as expected: \(reason(error))")
        }
    }

    /// What is wrong and where, without the decoder's own wrapping.
    static func reason(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            let path = (context.codingPath + [key].compactMap(\.self)).map(\.stringValue)
            return path.isEmpty ? "at the top" : "at \(path.joined(separator: "."))"
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(key.stringValue) is missing \(place(context))"
        case .typeMismatch(let type, let context): "\(type) is needed \(place(context))"
        case .valueNotFound(let type, let context): "\(type) is needed \(place(context))"
        case .dataCorrupted(let context): "\(context.debugDescription) \(place(context))"
        @unknown default: "\(error)"
        }
    }

    private static func encode(_ value: some Encodable, _ format: JSONEncoder.OutputFormatting) throws
        -> [UInt8]
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [format, .withoutEscapingSlashes]
        return try Array(encoder.encode(value))
    }
}
