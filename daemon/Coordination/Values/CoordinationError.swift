public import Federation

/// Why a use case refused, in words for people: what, where, and what would be right.
public struct CoordinationError: Error, Sendable, Hashable {
    /// The kind of refusal; the gateway turns it into a status.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Nothing of that name, or nothing that the member may see.
        case notFound
        /// The document or argument is wrong; see `faults`.
        case invalid
        /// It contradicts what is there (another body under the same key).
        case conflict
        /// The member may not.
        case forbidden
        /// The rules say no (eligibility, budget).
        case refused
        /// The database or a part of the coordinator is away: try again.
        case unavailable
        /// More than the settings allow.
        case tooLarge
        /// The world has moved on since.
        case stale
        /// It was there once (a code that was used).
        case gone
    }

    /// One fault of a document.
    public struct Fault: Sendable, Hashable, Codable {
        /// Where in the document (`tasks[3].resources.nodes`).
        public var path: String
        /// What is wrong.
        public var message: String
        /// What would be right, where that is known.
        public var suggestion: String?

        /// A fault at that place.
        public init(path: String, message: String, suggestion: String? = nil) {
            self.path = path
            self.message = message
            self.suggestion = suggestion
        }
    }

    /// The kind.
    public var code: Code
    /// The refusal in words.
    public var message: String
    /// A document's faults, each with its place.
    public var faults: [Fault]
    /// Facts for programs.
    public var extra: [String: JSONValue]

    /// A refusal of that kind.
    public init(_ code: Code, _ message: String, faults: [Fault] = [], extra: [String: JSONValue] = [:]) {
        self.code = code
        self.message = message
        self.faults = faults
        self.extra = extra
    }
}
