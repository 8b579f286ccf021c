/// One thing that is wrong with a document: where, what, and what would be right.
public struct DocumentFault: Hashable, Sendable, Codable {
    /// Where it stands.
    public var path: [PathStep]
    /// What is wrong, in words.
    public var message: String
    /// What was probably meant, or what would be right.
    public var suggestion: String?

    /// A fault at that place.
    public init(path: [PathStep], message: String, suggestion: String? = nil) {
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    /// The fault as one line: `tasks[2].resources.walltme: unknown key; did you mean "walltime"?`
    public var inWords: String {
        let place = PathStep.text(path)
        return (place.isEmpty ? "" : "\(place): ") + message + (suggestion.map { "; \($0)" } ?? "")
    }
}
