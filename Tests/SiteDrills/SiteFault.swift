/// One fault of one drill: it strikes once, and heals what it did.
protocol SiteFault: Sendable {
    /// Its name in schedules and summaries.
    var kind: String { get }
    /// It outlasts every time-out, and is drawn only where that is asked for.
    var isLong: Bool { get }

    /// Strikes, waits until its effect is seen, and answers what was seen; nil where there was nothing to hit.
    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing?
    /// Undoes it, also after a strike that threw or hit nothing; may be called again after it threw.
    func heal(_ seed: Seed) async throws
}
