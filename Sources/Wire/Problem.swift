public import Federation

/// An error as it travels (RFC 9457), with the faults of the input one by one.
public struct Problem: Hashable, Sendable, Codable {
    /// One fault of an input.
    public struct Fault: Hashable, Sendable, Codable {
        /// Where: a path such as `tasks[3].resources.nodes`, or a line and column.
        public var path: String
        /// What is wrong there.
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

    /// The sort of error: `urn:hansa:problem:` and a word that programs may compare.
    public var type: String
    /// A short title, the same for all errors of its sort.
    public var title: String
    /// The HTTP status.
    public var status: Int
    /// What happened to this request, in words.
    public var detail: String
    /// The request's own number, as the coordinator's log has it.
    public var instance: String?
    /// The faults of the input, if it was the input.
    public var faults: [Fault]?
    /// Whatever else programs may want to know.
    public var extra: [String: JSONValue]?

    /// An error of that sort.
    public init(
        type: String, title: String, status: Int, detail: String, instance: String? = nil,
        faults: [Fault]? = nil,
        extra: [String: JSONValue]? = nil
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
        self.faults = faults
        self.extra = extra
    }

    /// The content type that it travels under.
    public static let contentType = "application/problem+json"
    /// What every `type` begins with.
    public static let typePrefix = "urn:hansa:problem:"
}
