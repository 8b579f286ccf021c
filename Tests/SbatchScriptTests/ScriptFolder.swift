import Glibc

/// The folder of example scripts beside the tests, and what each says of its own outcome.
struct ScriptFolder {
    /// A script and its expectation: the line that begins with `# hansa:`.
    struct Example {
        let name: String
        let bytes: [UInt8]
        let isAccepted: Bool
        /// `key=value` in any order; the value of `says` goes to the line's end.
        let expected: [String: String]
    }

    let examples: [Example]

    init() throws {
        let path =
            String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex)) + "/Scripts"
        var examples: [Example] = []
        guard let folder = opendir(path) else { throw Missing(path: path) }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            examples.append(try ScriptFolder.example(name, "\(path)/\(name)"))
        }
        self.examples = examples.sorted { $0.name < $1.name }
    }

    struct Missing: Error {
        let path: String
    }

    private static func example(_ name: String, _ path: String) throws -> Example {
        guard let file = fopen(path, "r") else { throw Missing(path: path) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        bytes.removeLast(bytes.count - count)
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.contains("# hansa: ") }) else { throw Missing(path: name) }
        var rest = line.drop { $0 != ":" }.dropFirst(2)
        let isAccepted = rest.hasPrefix("accepted")
        var expected: [String: String] = [:]
        if let says = rest.firstRange(of: " says=") {
            expected["says"] = String(rest[says.upperBound...])
            rest = rest[..<says.lowerBound]
        }
        for pair in rest.split(separator: " ").dropFirst() {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { expected[String(parts[0])] = String(parts[1]) }
        }
        return Example(name: name, bytes: bytes, isAccepted: isAccepted, expected: expected)
    }
}
