extension MatrixAxis {
    /// The axes of a matrix, by name: each a list of values, an object of values with fields, or `all` languages.
    static func read(_ node: DocumentNode) -> [MatrixAxis] {
        var axes: [MatrixAxis] = []
        for (name, node) in node.entries() ?? [] {
            guard Identifier<MatrixAxis>(name).isWellFormed, !name.contains(".") else {
                node.fault("\"\(name)\" is no name for an axis: letters, digits, _ and -")
                continue
            }
            let values = readValues(node, isLanguage: name == "language")
            var seen: Set<String> = []
            for value in values where !seen.insert(value.name).inserted {
                node.fault("the value \(value.name) comes twice")
            }
            if values.isEmpty {
                node.fault("has no values")
            } else {
                axes.append(.init(name: name, values: values))
            }
        }
        return axes
    }

    private static func readValues(_ node: DocumentNode, isLanguage: Bool) -> [MatrixValue] {
        if isLanguage, node.value == .string("all") {
            return LanguageTable.codes.map { MatrixValue(name: $0, fields: [:]) }
        }
        if case .object = node.value {
            return (node.entries() ?? []).map { name, node in
                var fields: [String: [String]] = [:]
                for (field, node) in node.entries() ?? [] { fields[field] = readField(node, field) }
                return MatrixValue(name: isLanguage ? LanguageTable.code(name) ?? name : name, fields: fields)
            }
        }
        return node.list().compactMap { element in
            let text = isLanguage ? element.languageCode() : element.text(most: 256)
            return text.map { MatrixValue(name: $0, fields: [:]) }
        }
    }

    private static func readField(_ node: DocumentNode, _ field: String) -> [String] {
        let isLanguages = field == "languages" || field == "language"
        if isLanguages, node.value == .string("all") { return LanguageTable.codes }
        return node.elements().compactMap { isLanguages ? $0.languageCode() : $0.text() }
    }
}

extension DocumentNode {
    /// A language's code from any of its spellings.
    func languageCode() -> String? {
        if value == .bool(false) {
            fault("YAML reads a bare no as false", suggestion: "write nb, or quote it: \"no\"")
            return nil
        }
        guard let text = text(most: 64) else { return nil }
        if let code = LanguageTable.code(text) { return code }
        let names = LanguageTable.all.flatMap { [$0.code, $0.name] }
        fault(
            "\"\(text)\" is no known language",
            suggestion: text.utf8.count > 3
                ? Spelling.nearest(to: text, among: names).map { "did you mean \"\($0)\"?" }
                : "known: \(LanguageTable.codes.joined(separator: " "))")
        return nil
    }
}
