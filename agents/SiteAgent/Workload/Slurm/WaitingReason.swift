/// Why a job does not run, in words; Slurm's own word stands behind them.
enum WaitingReason {
    /// Nil where it runs and nothing is to be said.
    static func words(state: SlurmState, reason: String) -> String? {
        switch state.name {
        case "RUNNING", "COMPLETING", "STAGE_OUT", "SIGNALING": return nil
        case "CONFIGURING", "POWER_UP_NODE": return "its nodes are being made ready"
        case "SUSPENDED", "STOPPED": return "suspended by the site"
        case "SPECIAL_EXIT": return "onHold: it ended in a special way and is held (SPECIAL_EXIT)"
        case "REQUEUE_HOLD": return "onHold: put back into the queue and held (REQUEUE_HOLD)"
        case "RESV_DEL_HOLD": return "onHold: its reservation is gone (RESV_DEL_HOLD)"
        default: break
        }
        if !state.isKnown { return "in a state that is not known here (\(state.name))" }
        let word = reason.prefix { $0 != "," && $0 != " " && $0 != ":" }
        guard !word.isEmpty, word != "None" else { return "waits to be looked at by the scheduler" }
        let shown = reason.unicodeScalars.filter { $0.value >= 0x20 }.prefix(200)
        return "\(meaning(String(word))) (\(String(String.UnicodeScalarView(shown))))"
    }

    private static func meaning(_ word: String) -> String {
        if let known = meanings[word] { return known }
        if word.hasPrefix("Assoc") { return "a limit of the account is reached" }
        if word.hasPrefix("QOS") { return "a limit of the QoS is reached" }
        if word.hasPrefix("Max") { return "a limit of the site is reached" }
        return "waits"
    }

    private static let meanings: [String: String] = [
        "Priority": "others come first", "Resources": "waits for free nodes",
        "JobHeldUser": "onHold: held by its own user", "JobHeldAdmin": "onHold: held by the site",
        "JobHoldMaxRequeue": "onHold: put back too often", "BeginTime": "is not to begin yet",
        "Dependency": "waits for another job", "DependencyNeverSatisfied": "waits for a job that never comes",
        "Licenses": "waits for licences", "Reservation": "waits for its reservation",
        "PartitionDown": "its partition is down", "PartitionInactive": "its partition takes no jobs now",
        "PartitionNodeLimit": "it wants more nodes than its partition gives",
        "PartitionTimeLimit": "its walltime is longer than its partition allows",
        "ReqNodeNotAvail": "its nodes are not there, often because of a maintenance",
        "NodeDown": "a node that it needs is down", "AssociationJobLimit": "the account has its jobs running",
        "AssociationTimeLimit": "the account's time is used up",
        "AccountNotAllowed": "its account may not run there",
        "InvalidAccount": "its account is not known to the site",
        "InvalidQOS": "its QoS is not known to the site",
        "QOSNotAllowed": "its QoS may not be used there",
        "AssocGrpBillingMinutes": "the account's budget at the site does not cover it",
        "AssocGrpCPUMinutesLimit": "the account's core-hours at the site do not cover it",
        "AssocGrpGRESMinutes": "the account's device-hours at the site do not cover it",
        "QOSMaxJobsPerUserLimit": "this user has its jobs running",
        "Cleaning": "its last run is being cleaned up",
        "JobLaunchFailure": "it could not be launched", "SystemFailure": "the site's system failed",
        "BadConstraints": "no node is as it wants them", "Prolog": "its nodes are being made ready",
        "JobArrayTaskLimit": "enough of its array are running",
    ]
}
