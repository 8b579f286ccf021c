import Federation

/// What lists of tasks are filtered by, beside their own columns.
enum TaskLabel {
    static func language(_ code: String) -> String { "language=\(code)" }
    static func tag(_ text: String) -> String { "tag:\(text)" }
    static func name(_ name: String) -> String { "name=\(name)" }

    /// The labels of a task.
    static func all(of spec: TaskSpec) -> [String] {
        var labels = spec.languages.map(language) + spec.tags.map { tag("\($0.key)=\($0.value)") }
        labels.append(name(spec.name))
        return labels
    }
}
