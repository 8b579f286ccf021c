import Federation
import Glibc
import Yams

/// A YAML file with one or more documents, as JSON values whose places in the file can still be named.
///
/// Plain scalars follow YAML 1.2: only `true` and `false` are booleans, so the language `no` stays a language.
struct DocumentFile {
    /// One document of the file.
    struct Document {
        let value: JSONValue
        let node: Node
    }

    /// The largest file that is read, bytes.
    static let maximumBytes = 8 << 20
    /// The most values that a document may expand to; anchors can make a small file huge.
    static let maximumValues = 2_000_000
    /// The deepest nesting.
    static let maximumDepth = 64

    let path: String
    let documents: [Document]

    /// Reads a file, or standard input for `-`.
    init(path: String) throws {
        let bytes = try DocumentFile.bytes(of: path)
        try self.init(path: path == "-" ? "standard input" : path, bytes: bytes)
    }

    init(path: String, bytes: [UInt8]) throws {
        self.path = path
        if let offset = DocumentFile.firstInvalidUTF8(in: bytes) {
            let line = bytes[..<offset].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
            throw CommandError(
                .data, "\(path):\(line): byte \(offset) is not UTF-8; save the file as UTF-8 and try again")
        }
        do {
            var found: [Document] = []
            // Its own rules for scalars stay out: they are made of regular expressions, at every start.
            var nodes = try compose_all(yaml: String(decoding: bytes, as: UTF8.self), .basic)
            while let node = nodes.next() {
                var budget = DocumentFile.maximumValues
                let value = try DocumentFile.value(of: node, depth: 0, budget: &budget, path: path)
                if case .null = value { continue }
                found.append(Document(value: value, node: node))
            }
            // A malformed document ends the sequence and leaves its error there instead of throwing it.
            if let error = nodes.error { throw error }
            documents = found
        } catch let error as YamlError {
            throw CommandError(.data, DocumentFile.words(for: error, path: path))
        }
        if documents.isEmpty { throw CommandError(.data, "\(path) holds no document") }
    }

    /// `path:line:column` of the value at the end of those steps, or of the deepest one that is there.
    func place(of steps: [PathStep], in document: Document) -> String {
        var node = document.node
        var mark = node.mark
        for step in steps {
            var next: Node?
            switch step {
            case .key(let key):
                if let pair = node.mapping?.first(where: { $0.key.string == key }) {
                    mark = pair.key.mark ?? mark
                    next = pair.value
                }
            case .index(let index):
                if let elements = node.sequence, elements.indices.contains(index) {
                    next = elements[index]
                    mark = elements[index].mark ?? mark
                }
            }
            guard let next else { break }
            node = next
        }
        guard let mark else { return path }
        return "\(path):\(mark.line):\(mark.column)"
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        if path == "-" {
            var bytes: [UInt8] = []
            while let line = readLine(strippingNewline: false) {
                bytes.append(contentsOf: line.utf8)
                try check(size: bytes.count, path: "standard input")
            }
            return bytes
        }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw CommandError(.noInput, "\(path): no such file, or not readable") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw CommandError(
                    .noInput, "\(path) cannot be read; is it a file, and are you allowed to?")
            }
            if count == 0 { return bytes }
            bytes += piece[..<count]
            try check(size: bytes.count, path: path)
        }
    }

    private static func check(size: Int, path: String) throws {
        guard size <= maximumBytes else {
            throw CommandError(
                .data,
                "\(path) is larger than \(maximumBytes >> 20) MiB; a campaign of many tasks is written as a matrix"
            )
        }
    }

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var low = 0
        // A prefix is valid when only its last, incomplete character is at fault: look byte by byte.
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): low += String(scalar).utf8.count
            case .emptyInput: return bytes.isEmpty ? nil : low
            case .error: return low
            }
        }
    }

    private static func value(of node: Node, depth: Int, budget: inout Int, path: String) throws -> JSONValue
    {
        budget -= 1
        guard budget >= 0 else {
            throw CommandError(
                .data,
                "\(path) expands to more than \(maximumValues) values; anchors that contain each other do that"
            )
        }
        guard depth < maximumDepth else {
            throw CommandError(.data, "\(path) nests deeper than \(maximumDepth) levels")
        }
        switch node {
        case .scalar(let scalar): return DocumentFile.value(of: scalar)
        case .sequence(let sequence):
            return .array(
                try sequence.map { try value(of: $0, depth: depth + 1, budget: &budget, path: path) })
        case .mapping(let mapping):
            var members: [String: JSONValue] = [:]
            for (key, element) in mapping {
                guard case .scalar(let name) = key else {
                    throw CommandError(.data, "\(path):\(key.mark?.line ?? 0): a key must be plain text")
                }
                members[name.string] = try value(of: element, depth: depth + 1, budget: &budget, path: path)
            }
            return .object(members)
        case .alias:
            throw CommandError(.data, "\(path):\(node.mark?.line ?? 0): an alias without its anchor")
        }
    }

    private static func value(of scalar: Node.Scalar) -> JSONValue {
        let text = scalar.string
        guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
        switch text {
        case "", "~", "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        if let integer = Int64(text), text.first != "+" { return .integer(integer) }
        let isNumeric = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        if isNumeric, text.utf8.contains(where: { (0x30...0x39).contains($0) }), let number = Double(text),
            number.isFinite
        {
            return .number(number)
        }
        return .string(text)
    }

    private static func words(for error: YamlError, path: String) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(path):\(mark.line):\(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let duplicates, _):
            "\(path): the key \(duplicates.map { "\"\($0)\"" }.joined(separator: ", ")) comes twice in one mapping"
        default: "\(path): \(error)"
        }
    }
}
