/// A value of a document while it is read: it knows where it stands and where its faults go. Every reader answers nil
/// after having reported a fault, so that reading goes on with the next value.
struct DocumentNode {
    let value: JSONValue
    let path: [PathStep]
    let faults: FaultCollector

    init(_ value: JSONValue, path: [PathStep] = [], faults: FaultCollector) {
        self.value = value
        self.path = path
        self.faults = faults
    }

    func fault(_ message: String, suggestion: String? = nil) {
        faults.add(path, message, suggestion: suggestion)
    }

    /// The object that stands here, with none but the known keys.
    func object(keys: [String]) -> DocumentObject? {
        guard case .object(let members) = value else {
            fault("must be an object with keys, not \(value.kindInWords)")
            return nil
        }
        for name in members.keys.sorted() where !keys.contains(name) {
            faults.add(
                path + [.key(name)], "unknown key", suggestion: Spelling.suggestion(for: name, among: keys))
        }
        return DocumentObject(members: members, path: path, faults: faults)
    }

    /// The members of an object whose keys are names that the writer chose, by name.
    func entries() -> [(name: String, node: DocumentNode)]? {
        guard case .object(let members) = value else {
            fault("must be an object with names as keys, not \(value.kindInWords)")
            return nil
        }
        return members.keys.sorted().compactMap { name in
            members[name].map { (name, DocumentNode($0, path: path + [.key(name)], faults: faults)) }
        }
    }

    /// The elements of a list; a single value counts as a list of one.
    func elements() -> [DocumentNode] {
        guard case .array(let values) = value else { return [self] }
        return values.enumerated().map {
            DocumentNode($0.element, path: path + [.index($0.offset)], faults: faults)
        }
    }

    /// The elements of what must be a list.
    func list() -> [DocumentNode] {
        guard case .array = value else {
            fault("must be a list, not \(value.kindInWords)")
            return []
        }
        return elements()
    }

    /// A text; a number is taken as its digits.
    func text(most: Int = 4096) -> String? {
        switch value {
        case .string(let text):
            guard !text.isEmpty else {
                fault("must not be empty")
                return nil
            }
            guard text.utf8.count <= most, !text.utf8.contains(0) else {
                fault("must be text of at most \(most) bytes without NUL")
                return nil
            }
            return text
        case .integer(let number): return String(number)
        case .bool(let flag):
            fault(
                "must be text, not \(flag)",
                suggestion: "quote it: YAML reads yes, no, on and off as true and false")
            return nil
        default:
            fault("must be text, not \(value.kindInWords)")
            return nil
        }
    }

    /// A name that may stand in paths, job names and URLs.
    func identifier<Kind>(_ kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
        guard let text = text() else { return nil }
        let identifier = Identifier<Kind>(text)
        guard identifier.isWellFormed else {
            fault("\"\(text)\" is not a name: 1 to 64 of a-z A-Z 0-9 . _ -, beginning with a letter or digit")
            return nil
        }
        return identifier
    }

    /// Names, one or a list.
    func identifiers<Kind>(_ kind: Kind.Type = Kind.self) -> [Identifier<Kind>] {
        elements().compactMap { $0.identifier(kind) }
    }

    /// A whole number within a range.
    func integer<Number: FixedWidthInteger>(in range: ClosedRange<Number>) -> Number? {
        var number = value.integer
        if case .number(let double) = value { number = Int64(exactly: double) }
        guard let number else {
            fault("must be a whole number, not \(value.kindInWords)")
            return nil
        }
        guard let exact = Number(exactly: number), range.contains(exact) else {
            fault("must be \(range.lowerBound) to \(range.upperBound), not \(number)")
            return nil
        }
        return exact
    }

    /// Yes or no.
    func flag() -> Bool? {
        guard case .bool(let flag) = value else {
            fault("must be true or false, not \(value.kindInWords)")
            return nil
        }
        return flag
    }

    /// One of the known words.
    func choice<Word: RawRepresentable & CaseIterable>(_ type: Word.Type = Word.self) -> Word?
    where Word.RawValue == String {
        guard let text = text() else { return nil }
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue)
        fault(
            "\"\(text)\" is not one of \(known.joined(separator: ", "))",
            suggestion: Spelling.nearest(to: text, among: known).map { "did you mean \"\($0)\"?" })
        return nil
    }
}
