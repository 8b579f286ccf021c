/// Writes a safetensors file: length of the header, JSON header padded to 8 bytes, tensors one after the other.
enum SafetensorsWriter {
    /// A tensor to write; the bytes must live until the file is finished.
    struct Part {
        let name: String
        let type: String
        let shape: [Int]
        let bytes: UnsafeRawBufferPointer
    }

    /// Writes durably; answers the file's SHA-256.
    static func write(_ parts: [Part], metadata: [String: String], to path: String) throws -> String {
        var header = "{\"__metadata__\":" + String(decoding: try JSONText.line(metadata), as: UTF8.self)
        var offset = 0
        for part in parts {
            let entry = SafetensorsEntry(
                type: part.type, shape: part.shape, offsets: [offset, offset + part.bytes.count])
            header += ",\"\(part.name)\":" + String(decoding: try JSONText.line(entry), as: UTF8.self)
            offset += part.bytes.count
        }
        header += "}"
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
        let file = try DurableFile(path)
        var length = UInt64(header.utf8.count).littleEndian
        try withUnsafeBytes(of: &length) { try file.append($0) }
        try Array(header.utf8).withUnsafeBytes { try file.append($0) }
        for part in parts { try file.append(part.bytes) }
        return try file.finish()
    }
}
