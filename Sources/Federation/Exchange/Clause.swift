/// The clauses of the exchange's rules that guard the promise. Production runs all of them; the simulation switches
/// them off one by one and shows that each one's absence breaks some run.
public enum Clause: String, Hashable, Sendable, CaseIterable {
    /// §4.1: events count once, by number.
    case eventsOnce
    /// §4.1: a gap in the numbers is refused.
    case gapRefused
    /// §4.1: acknowledged beyond its own last event or document, an agent knows that its journal is an old copy.
    case oldCopyNoticed
    /// §4.2: an older document is acknowledged, never reconciled.
    case olderNeverReconciled
    /// §4.2: the reconciling transaction checks again that document and session are the newest.
    case checkedWhereReconciled
    /// §4.2: replies of an older generation are dropped.
    case olderGenerationDropped
    /// §4.2: a reply must answer the poll in flight.
    case repliesAnswerThePoll
    /// §4.2: after every start exchange first, then act.
    case exchangeFirst
    /// §4.3: only what is confirmed goes to the batch system.
    case onlyConfirmed
    /// §4.3: only an acceptance that arrives in time counts.
    case acceptedInTime
    /// §4.3: a confirmation counts only in its session.
    case confirmedInSession
    /// §4.3: a cancel reaches accepted attempts.
    case cancelReachesAccepted
    /// §4.3: no confirmation while another attempt of the task is confirmed and unended.
    case oneLive
    /// §4.3: accepted but never confirmed is withdrawn in the end.
    case silentAcceptanceWithdrawn
    /// §4.4: the wrapper refuses to start after `mustStartBy`.
    case wrapperRefusesLate
    /// §4.4: the agent cancels what still waits after `mustStartBy`.
    case agentCancelsLate
    /// §4.5: nothing is placed elsewhere before rule 4's time is over.
    case silenceWaits
    /// §4.6: completion of any fence ends the task.
    case anyFenceCompletes
    /// §4.6: settled attempts are read again.
    case reReads
    /// §4.6: an older reading never undoes a newer one.
    case newestReadingCounts
    /// §4.7: listed but cancelled, ended or superseded is answered with cancel.
    case cancelsListed
    /// §4.7: what the book has never heard of is booked.
    case parksUnknown
    /// §4.7: a parked attempt takes the hold that its record names.
    case parkedTakesHold
    /// §4.7: a parked attempt is its task's live one.
    case parkedIsLive
    /// §4.7: held but not listed is answered with `lookUp`.
    case looksUpUnlisted
    /// §4.7: what is listed ahead is sent again.
    case aheadSentAgain
    /// §4.7: only what is listed as settled is forgotten.
    case forgetsSettledOnly
    /// §4.8: the displaced journal takes a new id.
    case displacedTakesNewID
    /// §4.8: the displaced journal gets neither offers nor confirmations.
    case displacedGetsNothing
    /// §4.8: the displaced journal's late events are booked.
    case lateEventsBooked
    /// §4.9: a new journal begins with a scan.
    case newJournalScans
    /// §4.9: the run folder is made before the batch system is asked.
    case folderFirst
    /// §5.1: a run folder that is there already means doubt.
    case folderMeansDoubt
    /// §4.9: what is forgotten stays in the journal's history.
    case historyKept
    /// §4.10: a restored book counts as a new generation.
    case newGeneration
    /// §4.10: fences carry the generation.
    case fencesCarryGeneration
    /// §4.10: no offers until every agent has reported in full.
    case quarantine
    /// §4.10: no confirmations in quarantine, and what is unconfirmed at its end is withdrawn.
    case quarantineConfirmsNothing
    /// §4.10: nothing expires in quarantine.
    case quarantineExpiresNothing
    /// §4.10: a full report is asked for until it is there.
    case asksForFullReport
    /// §4.10: a full report brings all history.
    case historyReported
    /// §4.10: a new generation begins with a scan.
    case newGenerationScans
    /// §4.10: a task that is submitted again meets its parked attempts.
    case resubmissionMeets
    /// §4.10: re-reads start over after a restore.
    case reReadsStartOver
    /// §4.10: offers' time starts over after a restore.
    case expiryStartsOver
    /// §4.11: the hold stays after confirmation.
    case holdStays
    /// §5.2: the start marker decides.
    case startMarker
    /// §5.3: the marker is taken before a verdict.
    case markerTakenFirst
    /// §5.3: a cancel before submission takes the marker.
    case cancelTakesMarker
    /// §5.3: markers, queue and accounting are looked at before a verdict.
    case looksFirst
    /// §5.3: no verdict while the controller does not answer.
    case controllerAnswers
    /// §5.3: a job that surfaces later is cancelled by name.
    case lateJobsCancelled
    /// §5.4: the batch system's word counts only with a silent heartbeat.
    case silentHeartbeat
    /// §5.4: RUNNING in accounting but unknown to the queue is over once the heartbeat is silent.
    case vanishedIsLost
    /// §5.2: the wrapper ends its program when it cannot write heartbeats.
    case wrapperEndsItself
    /// §5.4: runs behind our back are billed.
    case rerunsBilled
    /// §5.4: a run without an end in the record is estimated, and adjusted later.
    case estimates
    /// §5.6: cancelling one member never cancels the job of the others.
    case cancelsOneMember
    /// §5.6: shares of a pack add up to the job's record.
    case sharesAddUp
    /// §7: no claim beyond what is available.
    case claimWithinBudget
}
