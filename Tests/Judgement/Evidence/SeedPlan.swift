/// `plan.json`: what the seed was to do. Written before anything ran.
struct SeedPlan: Decodable, Sendable {
    /// A site and how it bills.
    struct Site: Decodable, Sendable {
        /// What of a job is billed.
        enum Rule: String, Decodable, Sendable {
            /// The cores that it was given.
            case cores
            /// All cores of the nodes that it was given.
            case nodes
        }

        var name: String
        var rule: Rule
        var coresPerNode: Int64
    }

    /// A task and how it should end.
    struct Task: Decodable, Sendable {
        var key: String
        var task: String
        var ranks: Int?
        var mayFail: Bool
        var expect: String
    }

    var seed: Int
    var sites: [Site]
    var tasks: [Task]
    /// How often a wrapper writes its heartbeat: what an estimate may be wrong by.
    var heartbeatSeconds: Int64?
}
