/// What goes wrong in a run; counted, so that a test can show that each kind really happens.
enum Fault: Int, CaseIterable {
    case lost, duplicated, delayed, cut
    case sbatchRefused, sbatchMade, sbatchNotMade, sbatchMadeLater
    case queueDown, accountingDown, controllerKilled, jobForgotten, jobRerun
    case nodeFailed, nodeCutOff, requeued, recordLate, recordWrong, refusedByMarker, refusedLate
    case agentKilled, coordinatorKilled, journalLost, journalOld, agentDoubled, bookRestored
    case userCancelled, jobCancelledByOthers, declined, silenceRequeued, linkEnded, packOfSeveral, memberEnded
    case resubmitted
    case carried
}
