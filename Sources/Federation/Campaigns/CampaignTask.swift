/// A task of a campaign's document: it becomes one task for every combination of its matrix.
public struct CampaignTask: Hashable, Sendable {
    /// An input: a folder and the artifacts that are put there.
    struct Input: Hashable, Sendable {
        let folder: Template
        let artifacts: [Template]
        let path: [PathStep]
    }

    /// An output: an artifact's name, its licence and the site it stays at.
    struct Output: Hashable, Sendable {
        let name: Template
        let licence: String?
        /// The site that holds for every value, or by the value that made the output's name.
        let residency: SiteID?
        let residencies: [String: SiteID]
        let path: [PathStep]
    }

    /// Where it stands in the document.
    var path: [PathStep] = []
    var name: Template
    var matrix: [MatrixAxis] = []
    var kind: TaskKind
    var activity: String
    var workPackage: WorkPackageID?
    var budget: BudgetID?
    var languages: [Template] = []
    var model: Template?
    var program: Template
    var script: TaskScript?
    var arguments: [Template] = []
    var environment: [String: Template] = [:]
    var inputs: [Input] = []
    var outputs: [Output] = []
    var resources: Resources
    var stack = "cpu"
    var sites: [SiteID] = []
    var dependsOn: [Template] = []
    var priority = 0
    var retries = 2
    var links = 1
    var signalBefore: Int64 = 60
    var packable = false
    var onSilence = OnSilence.park
    var batchOptions: [String] = []
    var failureRules: FailureRules?
    var tags: [String: Template] = [:]

    init(name: Template, kind: TaskKind, activity: String, program: Template, resources: Resources) {
        self.name = name
        self.kind = kind
        self.activity = activity
        self.program = program
        self.resources = resources
    }

    /// How many tasks it becomes.
    public var count: Int {
        matrix.reduce(1) { product, axis in
            let (count, overflow) = product.multipliedReportingOverflow(by: axis.values.count)
            return overflow ? Int.max : count
        }
    }
}
