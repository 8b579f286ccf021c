import Federation
import Synchronization

/// What wakes what: within this process at once, in other coordinators by one NOTIFY behind a commit. NOTIFY never
/// stands in a hot transaction: it serialises commits.
final class Signals: Sendable {
    /// Rung when an agent may have something to hear.
    let agents = Bell<AgentID>()
    /// Rung when something may be placed.
    let placement = Bell<Int>()
    /// Rung when a piece of a log may have come.
    let logs = Bell<TaskID>()
    /// Rung when other coordinators should look as well.
    let herald = Bell<Channel>()

    /// What other coordinators are told.
    enum Channel: String, CaseIterable, Sendable {
        /// Something may be placed.
        case placement = "hansa_placement"
        /// Some agent may have something to hear.
        case agents = "hansa_agents"
    }

    private let closing = Mutex(false)
    private let depot = Mutex(true)

    /// Bytes or manifests came: some artifact may be whole in the depot now.
    func depotChanged() { depot.withLock { $0 = true } }

    /// Whether the depot has changed since this was asked last.
    func takeDepotChange() -> Bool {
        depot.withLock { changed in
            defer { changed = false }
            return changed
        }
    }

    /// The process is shutting down: nobody waits any more.
    var isClosing: Bool { closing.withLock { $0 } }

    /// Sends everybody who waits away with what there is.
    func close() {
        closing.withLock { $0 = true }
        agents.ringAll()
        logs.ringAll()
    }

    /// Something is ready, or room or budget came free.
    func placeable() {
        placement.ring(0)
        herald.ring(.placement)
    }

    /// Those agents may have something to hear.
    func tell(_ agents: some Sequence<AgentID>) {
        var told = false
        for agent in agents {
            self.agents.ring(agent)
            told = true
        }
        if told { herald.ring(.agents) }
    }
}
