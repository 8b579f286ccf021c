internal import FoundationEssentials

/// A safetensors file being read. Nothing in it is believed before it is checked: a file may be cut off or foreign.
struct SafetensorsFile {
    let path: String
    let entries: [String: SafetensorsEntry]
    let metadata: [String: String]
    private let file: MappedFile
    private let start: Int

    init(_ path: String) throws {
        self.path = path
        file = try MappedFile(path)
        let (start, data) = try file.withBytes { try Self.header($0, path) }
        self.start = start
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: data)
        } catch let error as DecodingError {
            throw KernelFault.data("\(path): the header cannot be read, \(JSONText.reason(error))")
        }
        (entries, metadata) = (header.entries, header.metadata)
        for (name, entry) in entries { try check(name, entry) }
    }

    /// Where the tensors begin, and the header's JSON.
    private static func header(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> (Int, Data) {
        guard bytes.count >= 8 else {
            throw KernelFault.data("\(path) has \(bytes.count) bytes: it is cut off or no safetensors file")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length >= 2, length <= 100_000_000, length <= UInt64(bytes.count - 8) else {
            throw KernelFault.data(
                "\(path): a header of \(length) bytes in a file of \(bytes.count); it is cut off or no safetensors file"
            )
        }
        let start = 8 + Int(length)
        return (start, Data(bytes[8..<start]))
    }

    /// Gives a tensor's bytes, which must be of this type and shape, to `body`.
    func withBytes<Result>(
        _ name: String, type: String, shape: [Int], _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        guard let entry = entries[name] else { throw KernelFault.data("\(path) has no tensor \(name)") }
        guard entry.type == type, entry.shape == shape else {
            throw KernelFault.data(
                "\(path): \(name) is \(entry.type) \(entry.shape), but \(type) \(shape) is needed")
        }
        let range = (start + entry.offsets[0])..<(start + entry.offsets[1])
        return try file.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Copies an F32 tensor into place.
    func copy(_ name: String, shape: [Int], to target: Floats) throws {
        try withBytes(name, type: "F32", shape: shape) { source in
            let room = UnsafeMutableRawBufferPointer(start: target, count: source.count)
            room.copyMemory(from: source)
        }
    }

    private func check(_ name: String, _ entry: SafetensorsEntry) throws {
        let available = file.count - start
        guard entry.offsets.count == 2, entry.offsets[0] >= 0, entry.offsets[0] <= entry.offsets[1] else {
            throw KernelFault.data("\(path): \(name) has the offsets \(entry.offsets)")
        }
        guard entry.offsets[1] <= available else {
            throw KernelFault.data(
                "\(path) is cut off: \(name) ends at byte \(entry.offsets[1]) of the data, but there are \(available)"
            )
        }
        guard let stride = SafetensorsEntry.stride(entry.type) else { return }
        var size = stride
        for dimension in entry.shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else {
                throw KernelFault.data("\(path): \(name) has the shape \(entry.shape)")
            }
            size = product
        }
        guard size == entry.offsets[1] - entry.offsets[0] else {
            throw KernelFault.data(
                "\(path): \(name) \(entry.shape) needs \(size) bytes and has \(entry.offsets[1] - entry.offsets[0])"
            )
        }
    }

    /// The header: names of tensors, and one key of another form.
    private struct Header: Decodable {
        var entries: [String: SafetensorsEntry] = [:]
        var metadata: [String: String] = [:]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for key in container.allKeys {
                if key.stringValue == "__metadata__" {
                    metadata = try container.decode([String: String].self, forKey: key)
                } else {
                    entries[key.stringValue] = try container.decode(SafetensorsEntry.self, forKey: key)
                }
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
