/// Why a proposed pack was not claimed; nothing was changed. The driver leaves the named member out and tries again.
public enum ClaimRefusal: Error, Hashable, Sendable {
    /// The proposal has no members, or the same task twice.
    case malformed
    /// Some agent's full report is missing after a restore (§4.10).
    case quarantine
    /// The agent is not known, or drained.
    case agent(AgentID)
    /// The pack's id has been used.
    case packTaken(PackID)
    /// The task is not ready, not known, or backed off.
    case notReady(TaskID)
    /// Another attempt of the task is or may be running somewhere (§4.7).
    case alive(TaskID, AttemptKey)
    /// The task's chain is bound to another agent by its checkpoint (§5.5).
    case bound(TaskID, AgentID)
    /// The budget does not cover the hold, or has an overrun to pay first.
    case budget(TaskID, BudgetID)
}
