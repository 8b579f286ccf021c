import FoundationEssentials
import Wire

/// Files with one JSON value: records, markers, notes.
enum JSONFile {
    /// The value in the file; nil where there is no file, an error where it cannot be read or understood.
    static func read<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value? {
        let bytes: [UInt8]
        do {
            bytes = try DurableFile.read(path)
        } catch {
            if error.code == 2 { return nil }  // ENOENT
            throw error
        }
        do {
            return try WireJSON.decoder.decode(type, from: Data(bytes))
        } catch {
            throw UnreadableFile(path: path, reason: "\(error)")
        }
    }

    /// Writes the value durably; see `DurableFile.write`.
    static func write(_ value: some Encodable, to path: String, syncingFolder: Bool = true) throws {
        try DurableFile.write(bytes(of: value), to: path, syncingFolder: syncingFolder)
    }

    /// Puts the value in the file's place, whole but not durably; see `DurableFile.replace`.
    static func replace(_ value: some Encodable, at path: String) throws {
        try DurableFile.replace(bytes(of: value), at: path)
    }

    /// The value's JSON.
    static func bytes(of value: some Encodable) throws -> [UInt8] {
        Array(try WireJSON.encoder.encode(value))
    }
}
