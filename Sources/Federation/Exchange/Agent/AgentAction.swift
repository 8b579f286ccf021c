/// What the agent's driver is to do in the outside world. Every action is idempotent: after a kill it is given again
/// by the journal alone, and what it finds is told to the journal, which decides.
public enum AgentAction: Hashable, Sendable {
    /// Send `AgentJournal.document` and give the answer to `AgentJournal.apply`; after a failure call
    /// `AgentJournal.exchangeFailed`.
    case exchange
    /// Read all run folders, markers and the queue, then `AgentJournal.scanned` (§4.9).
    case scan
    /// Give the pack to the batch system (§5.1), in this order, persisting the journal after each: `intend`; make the
    /// run folder with the markers of its empty slots, `runFolderMade`; if that says so, sbatch, then `submitted` or
    /// `submitDoubtful`.
    case submit(PackID)
    /// Read the pack's markers, queue and accounting (one call for all such packs), then `AgentJournal.looked` (§5.3,
    /// §5.4).
    case look(PackID)
    /// Take the pack's start marker, making the run folder where there is none, then `AgentJournal.markerTaken`.
    case takeMarker(PackID)
    /// Take one member's marker in the run folder, then `AgentJournal.memberMarkerTaken`.
    case takeMemberMarker(AttemptKey)
    /// Tell the wrapper to end that running member only (§5.6).
    case endMember(AttemptKey)
    /// Cancel the pack's jobs by name.
    case cancelJob(PackID)
    /// Read the site's record of the pack's jobs, then `AgentJournal.recordRead`.
    case readRecord(PackID)
}
