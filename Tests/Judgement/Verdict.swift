/// What the judge found against one seed; every entry is a sentence with the task, the attempt and both figures.
public struct Verdict: Codable, Sendable, Equatable {
    /// The seed's number.
    public var seed: Int
    /// Tasks that did not end and that nothing explains.
    public var lost: [String] = []
    /// Attempts that ran twice, and attempts of one task that lived at the same time.
    public var ranTwice: [String] = []
    /// Holds that what was available did not cover.
    public var overspent: [String] = []
    /// Charges that are not tariff times the site's record.
    public var ledgerMismatch: [String] = []

    /// A verdict that has found nothing yet.
    public init(seed: Int) { self.seed = seed }

    /// Whether nothing speaks against the seed.
    public var acquits: Bool { [lost, ranTwice, overspent, ledgerMismatch].allSatisfy(\.isEmpty) }
}
