/// Where a task goes and why, for every site: what decides, what a quote prints and what `hansa why` explains are the
/// same value, so they cannot disagree.
public struct Placement: Hashable, Sendable, Codable {
    /// Where it goes, or nil when it has to wait.
    public var choice: PlacementChoice?
    /// What is said of each site, in the order of their names.
    public var perSite: [SiteVerdict]
    /// Why it goes nowhere before a moment, whatever the sites say.
    public var general: [Refusal]
    /// `general` in words.
    public var words: [String]
}
