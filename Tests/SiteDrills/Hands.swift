/// Who has what in hand: an agent that two faults kill and start at the same time would be neither's, and a drill's
/// harness must never start what a fault needs to be down.
actor Hands {
    /// What one fault has alone.
    enum Thing: Hashable, Sendable { case coordinator, agents, submissions }

    private var taken: Set<Thing> = []

    /// Takes all of them or none.
    func take(_ things: Set<Thing>) -> Bool {
        guard taken.isDisjoint(with: things) else { return false }
        taken.formUnion(things)
        return true
    }

    func release(_ things: Set<Thing>) { taken.subtract(things) }

    /// What a fault of that kind has alone, from its strike to its heal.
    static func needed(by kind: String) -> Set<Thing> {
        switch kind {
        case "agent-step": [.agents, .submissions]
        case "clock-step": [.agents, .coordinator]
        case "coordinator-kill", "two-coordinators", "database-restored", "postgres-stop": [.coordinator]
        default:
            if kind.hasPrefix("agent-") || kind.hasPrefix("journal-") || kind.hasPrefix("folder-") {
                [.agents]
            } else if kind.hasPrefix("sbatch-") {
                [.submissions]
            } else {
                []
            }
        }
    }
}
