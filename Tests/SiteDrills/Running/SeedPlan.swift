/// `plan.json`: what the seed is, for the judge.
struct SeedPlan: Encodable {
    struct Site: Encodable {
        var name: String
        var rule: String
        var coresPerNode: Int
        var unit = "core-hours"
    }
    struct Task: Encodable {
        var key: String
        var task: String
        var kind: String
        var ranks: Int
        var mayFail: Bool
        var expect: String
    }
    struct Budget: Encodable {
        var id: String
        var site: String
        var coreHours: Int
    }

    var seed: Int
    var faults: [String]
    var heartbeatSeconds = SeedDocuments.heartbeatSeconds
    var sites: [Site]
    var budgets = [
        Budget(id: "a-vltava", site: "drill-a", coreHours: 80),
        Budget(id: "b-vltava", site: "drill-b", coreHours: 80),
    ]
    var tasks: [Task]

    init(seed: Int, faults: [String], submissions: [Submission]) {
        self.seed = seed
        self.faults = faults
        sites = SeedDocuments.sites.map {
            Site(name: $0.name, rule: $0.rule, coresPerNode: $0.coresPerNode)
        }
        tasks = submissions.flatMap { submission in
            submission.tasks.map {
                Task(
                    key: submission.key, task: $0.name, kind: $0.kind, ranks: $0.nodes, mayFail: $0.mayFail,
                    expect: $0.expect)
            }
        }
    }
}
