/// Reads templates and checks that they refer to axes and fields that the task's matrix has.
struct TemplateReader {
    let axes: [MatrixAxis]

    func template(_ node: DocumentNode) -> Template? {
        guard let text = textOfArgument(node) else { return nil }
        return template(text, at: node)
    }

    func template(_ text: String, at node: DocumentNode) -> Template? {
        guard let template = Template(text) else {
            node.fault("the braces of \"\(text)\" do not match", suggestion: "{{ and }} are plain braces")
            return nil
        }
        for (name, field) in template.references {
            guard let axis = axes.first(where: { $0.name == name }) else {
                node.fault(
                    "the matrix has no {\(name)}",
                    suggestion: axes.isEmpty
                        ? "{{ and }} are plain braces"
                        : Spelling.suggestion(for: name, among: axes.map(\.name)))
                continue
            }
            guard let field else { continue }
            for value in axis.values where value.fields[field] == nil {
                node.fault("\(name) \(value.name) has no field \"\(field)\"")
            }
        }
        return template
    }

    /// All values that a reference can take.
    func values(_ axis: String, _ field: String?) -> [String] {
        guard let axis = axes.first(where: { $0.name == axis }) else { return [] }
        guard let field else { return axis.values.map(\.name) }
        return axis.values.flatMap { $0.fields[field] ?? [] }
    }

    /// An argument may be a number or a flag that YAML has read as such.
    private func textOfArgument(_ node: DocumentNode) -> String? {
        switch node.value {
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        default: node.text(most: 65_536)
        }
    }
}
