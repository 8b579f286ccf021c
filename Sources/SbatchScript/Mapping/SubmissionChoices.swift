public import Federation

/// What a batch script cannot say, and what the member says beside it.
public struct SubmissionChoices: Hashable, Sendable {
    /// The name of the file, for the campaign's and the task's name where the script has none.
    public var fileName: String
    /// The campaign's name; nil takes the job's.
    public var campaign: String?
    /// What sort of work it is.
    public var kind: TaskKind
    /// Why it runs; nil takes the usual one of the kind.
    public var activity: String?
    /// The work package it belongs to.
    public var workPackage: WorkPackageID?
    /// The budget it is booked on.
    public var budget: BudgetID?
    /// Sites it may run at; empty means any. Words of one site are passed on only where exactly one stands here.
    public var sites: [SiteID]
    /// The software stack; nil follows from the devices.
    public var stack: String?
    /// The walltime in seconds, in place of the script's.
    public var walltimeSeconds: Int64?
    /// The model it concerns.
    public var model: String?
    /// How often it may be tried again after a failure of its own; as with sbatch never, unless told otherwise.
    public var retries: Int
    /// The script's arguments.
    public var arguments: [String]

    /// Nothing said but the file's name.
    public init(fileName: String) {
        self.fileName = fileName
        campaign = nil
        kind = .data
        activity = nil
        workPackage = nil
        budget = nil
        sites = []
        stack = nil
        walltimeSeconds = nil
        model = nil
        retries = 0
        arguments = []
    }

    /// The activity that a kind of work usually has.
    public var usualActivity: String {
        switch kind {
        case .training: "pretraining"
        case .evaluation: "evaluation"
        case .data: "dataPreparation"
        }
    }
}
