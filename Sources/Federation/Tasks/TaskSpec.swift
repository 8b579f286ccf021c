/// Everything a member says about a task. It never changes after submission.
public struct TaskSpec: Hashable, Sendable, Codable {
    /// The task's name within its campaign (`evaluate-mt-int8`); unique there.
    public var name: String
    /// What sort of work it is.
    public var kind: TaskKind
    /// Why it runs: the id of a dated activity row (`pretraining`, `evaluation`, …).
    public var activity: String
    /// The partner that pays.
    public var partner: PartnerID
    /// The member who submitted it.
    public var member: MemberID
    /// The work package it belongs to, if any.
    public var workPackage: WorkPackageID?
    /// The budget it is to be booked on; nil chooses the most specific one that fits.
    public var budget: BudgetID?
    /// Languages it concerns, ISO 639-1 (639-3 where there is none).
    public var languages: [String]
    /// The model it concerns, a free name.
    public var model: String?
    /// The program: a path at the site, or a bare name such as `hansa-kernel`.
    public var program: String
    /// The program as text, where the task brings it along; `program` is then only its name.
    public var script: TaskScript?
    /// The program's arguments.
    public var arguments: [String]
    /// Environment variables of the program, beside the contract's own.
    public var environment: [String: String]
    /// What it reads.
    public var inputs: [TaskInput]
    /// What it leaves.
    public var outputs: [TaskOutput]
    /// What it needs.
    public var resources: Resources
    /// The software stack it needs (`cpu`, `rocm`, `cuda`).
    public var stack: String
    /// Sites it may run at; empty means any.
    public var sites: [SiteID]
    /// Names of tasks of the same campaign that must complete first.
    public var dependsOn: [String]
    /// Higher goes first within a partner; −1000 to 1000.
    public var priority: Int
    /// How often it may be tried again after a failure (links of a chain do not count).
    public var retries: Int
    /// How many links its chain may have; 1 means that exit 85 is a failure.
    public var maximumLinks: Int
    /// Seconds before the end of the walltime at which the program gets SIGUSR1.
    public var signalSecondsBeforeEnd: Int64
    /// Whether it may share a job with others of the same shape.
    public var packable: Bool
    /// What happens when its site falls silent.
    public var onSilence: OnSilence
    /// Options for the batch system's submission that Hansa itself gives no meaning to, each one word:
    /// `--hint=nomultithread`. Launchers without that batch system have no use for them.
    public var batchOptions: [String] {
        get { listedOptions ?? [] }
        set { listedOptions = newValue.isEmpty ? nil : newValue }
    }
    // Optional, so that specs written before the field was there can still be read.
    private var listedOptions: [String]?
    /// What it says of its failures beyond the rules of their classes; nil, as in specs from before there was any,
    /// says nothing.
    public var failureRules: FailureRules?
    /// Free tags for lists and reports.
    public var tags: [String: String]

    private enum CodingKeys: String, CodingKey {
        case name, kind, activity, partner, member, workPackage, budget, languages, model,
            program, script, arguments, environment, inputs, outputs, resources, stack, sites,
            dependsOn, priority, retries, maximumLinks, signalSecondsBeforeEnd, packable,
            onSilence, failureRules, tags
        case listedOptions = "batchOptions"
    }

    /// A task with the given name, kind, owner, program and resources; everything else has a default.
    public init(
        name: String, kind: TaskKind, activity: String, partner: PartnerID, member: MemberID, program: String,
        arguments: [String] = [], resources: Resources
    ) {
        self.name = name
        self.kind = kind
        self.activity = activity
        self.partner = partner
        self.member = member
        workPackage = nil
        budget = nil
        languages = []
        model = nil
        self.program = program
        script = nil
        self.arguments = arguments
        environment = [:]
        inputs = []
        outputs = []
        self.resources = resources
        stack = "cpu"
        sites = []
        dependsOn = []
        priority = 0
        retries = 2
        maximumLinks = 1
        signalSecondsBeforeEnd = 60
        packable = false
        onSilence = .park
        failureRules = nil
        tags = [:]
    }
}
