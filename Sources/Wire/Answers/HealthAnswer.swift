/// Whether the coordinator can do its work.
public struct HealthAnswer: Hashable, Sendable, Codable {
    /// `ok` or `unavailable`.
    public var status: String
    /// What is missing.
    public var detail: String?

    /// An answer with that content.
    public init(status: String, detail: String? = nil) {
        self.status = status
        self.detail = detail
    }
}
