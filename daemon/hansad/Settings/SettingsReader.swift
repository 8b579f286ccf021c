import FoundationEssentials
import Wire
import Yams

/// One mapping of the settings file, read key by key; faults name the file and the line.
struct SettingsReader {
    private let path: String
    private let place: String
    private let line: Int?
    private let entries: [String: Node]

    init(path: String) throws {
        self.path = path
        place = ""
        line = nil
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StartFault(.settings, "\(path): there is no such file, or it cannot be read")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: String(decoding: data, as: UTF8.self))
        } catch {
            throw StartFault(.settings, "\(path): not YAML: \(error)")
        }
        guard let node else { throw StartFault(.settings, "\(path): the file is empty") }
        entries = try SettingsReader.entries(of: node, path: path, place: "")
    }

    private init(path: String, place: String, node: Node) throws {
        self.path = path
        self.place = place
        line = node.mark?.line
        entries = try SettingsReader.entries(of: node, path: path, place: place)
    }

    /// Throws for the first key that means nothing here, with the one that was most likely meant.
    func allow(_ known: Set<String>) throws {
        for (key, node) in entries.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            let near = Spelling.nearest(to: key, among: known)
            let hint =
                near.map { "did you mean \"\($0)\"?" }
                ?? "known are \(known.sorted().joined(separator: ", "))"
            throw fault("there is no setting \"\(place)\(key)\"; \(hint)", line: node.mark?.line)
        }
    }

    /// A mapping inside this one.
    func section(_ name: String, allowing known: Set<String>) throws -> SettingsReader? {
        guard let node = entries[name] else { return nil }
        let section = try SettingsReader(path: path, place: "\(place)\(name).", node: node)
        try section.allow(known)
        return section
    }

    func text(_ name: String) throws -> String? {
        guard let node = entries[name] else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw fault("\(place)\(name): a text is expected", at: name)
        }
        return text
    }

    func texts(_ name: String) throws -> [String]? {
        guard let node = entries[name] else { return nil }
        guard let list = node.sequence else { throw fault("\(place)\(name): a list is expected", at: name) }
        return try list.map { item in
            guard let text = item.scalar?.string, !text.isEmpty else {
                throw fault("\(place)\(name): a list of texts is expected", at: name)
            }
            return text
        }
    }

    func number(_ name: String, _ bounds: ClosedRange<Int64>) throws -> Int64? {
        guard let node = entries[name] else { return nil }
        return try number(node, name, bounds)
    }

    func numbers(_ name: String, _ bounds: ClosedRange<Int64>) throws -> [Int64]? {
        guard let node = entries[name] else { return nil }
        guard let list = node.sequence else {
            throw fault("\(place)\(name): a list of numbers is expected", at: name)
        }
        return try list.map { try number($0, name, bounds) }
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, of type: Word.Type
    ) throws -> Word? where Word.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("\(place)\(name): \"\(text)\" is not one of \(words)", at: name)
        }
        return word
    }

    /// A fault at the line of that key.
    func fault(_ words: String, at name: String? = nil) -> StartFault {
        fault(words, line: name.flatMap { entries[$0]?.mark?.line } ?? line)
    }

    private func fault(_ words: String, line: Int?) -> StartFault {
        StartFault(.settings, "\(path)\(line.map { ":\($0)" } ?? ""): \(words)")
    }

    private func number(_ node: Node, _ name: String, _ bounds: ClosedRange<Int64>) throws -> Int64 {
        guard let text = node.scalar?.string, let number = Int64(text), bounds.contains(number) else {
            throw fault(
                "\(place)\(name): a whole number from \(bounds.lowerBound) to \(bounds.upperBound) is expected",
                at: name)
        }
        return number
    }

    private static func entries(of node: Node, path: String, place: String) throws -> [String: Node] {
        guard let mapping = node.mapping else {
            let line = node.mark.map { ":\($0.line)" } ?? ""
            throw StartFault(
                .settings, "\(path)\(line): \(place.isEmpty ? "the file" : place) has to be a mapping")
        }
        var entries: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, entries.updateValue(value, forKey: name) == nil else {
                throw StartFault(.settings, "\(path):\(key.mark?.line ?? 0): a key is no text or comes twice")
            }
        }
        return entries
    }
}
