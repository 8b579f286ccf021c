/// What the judge found against one seed; every entry is a sentence with the task, the attempt and both figures.
public struct Verdict: Codable, Sendable, Equatable {
    /// The seed's number.
    public var seed: Int
    /// Tasks that did not end, or not as they had to, and that nothing explains.
    public var lost: [String] = []
    /// Attempts that ran twice, and attempts of one task that lived at the same time.
    public var ranTwice: [String] = []
    /// Holds that what was available did not cover.
    public var overspent: [String] = []
    /// Charges that are not tariff times the site's record, and books that do not add up.
    public var ledgerMismatch: [String] = []
    /// Where Slurm's own record contradicts the workload's lines. No charge against anybody.
    public var siteRecordWrong: [String] = []
    /// What cost more than was held for it. No charge against anybody.
    public var overrun: [String] = []
    /// Tasks that had not ended and were seen running. No charge against anybody.
    public var explained: [String] = []
    /// Faults drawn.
    public var runs = 0
    /// Faults whose effect was seen.
    public var landed = 0
    /// Both by kind of fault.
    public var byFault: [String: FaultCount] = [:]

    /// A verdict that has found nothing yet.
    public init(seed: Int) { self.seed = seed }

    /// Whether nothing speaks against the seed.
    public var acquits: Bool { [lost, ranTwice, overspent, ledgerMismatch].allSatisfy(\.isEmpty) }
}
