/// A task as the coordinator shows it.
struct BookTask: Decodable, Sendable {
    var id: String
    var name: String
    var campaignName: String?
    var state: String
    var remark: String?

    var hasEnded: Bool { ["completed", "failed", "cancelled", "dependencyFailed"].contains(state) }
}
