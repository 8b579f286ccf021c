import Federation

/// One run of a program: the ground truth that the judge looks at.
final class ProgramRun {
    let key: AttemptKey
    let pack: PackID
    let site: Int
    let start: Double
    var end: Double?
    var exit: Int32?

    init(key: AttemptKey, pack: PackID, site: Int, start: Double) {
        self.key = key
        self.pack = pack
        self.site = site
        self.start = start
    }
}

/// One time that the batch system ran a job.
final class Segment {
    let start: Double
    /// When the batch system thinks it ended.
    var end: Double?
    /// When accounting begins to show it.
    var shows: Double
    /// When accounting shows its end.
    var recordEnds = Double.infinity
    /// By how much the record is wrong until it is corrected.
    var wrong = 0.0
    var corrected = 0.0
    var state = JobRow.State.running
    /// The controller has forgotten it; it runs on for a while.
    var isOrphan = false
    /// Its node is cut off: the batch system calls it failed, the program lives on.
    var isCutOff = false
    /// The wrapper is alive.
    var isAlive = true
    /// The wrapper can write to the run folder.
    var reachesFolder = true
    var run: ProgramRun?
    var slot = 0
    var hasFailed = false

    init(start: Double, shows: Double) {
        self.start = start
        self.shows = shows
    }
}

/// A job of the simulated batch system.
final class SimulatedJob {
    enum State { case pending, running, done, forgotten }

    let id: String
    let pack: PackID
    let members: [AttemptKey]
    let mustStartBy: Instant
    let walltime: Double
    let nodes: Int
    let made: Double
    var state = State.pending
    var segments: [Segment] = []
    /// The controller knows it.
    var isKnown = true
    var result = JobRow.State.pending
    /// Counts changes of state, so that an event meant for an earlier one does nothing.
    var epoch = 0

    init(
        id: String, pack: PackID, members: [AttemptKey], mustStartBy: Instant, walltime: Double, nodes: Int,
        made: Double
    ) {
        self.id = id
        self.pack = pack
        self.members = members
        self.mustStartBy = mustStartBy
        self.walltime = walltime
        self.nodes = nodes
        self.made = made
    }

    var isActive: Bool { isKnown && (state == .pending || state == .running) }
}

/// A run folder on the site's file system.
struct SimulatedFolder {
    struct Member {
        var marker: MarkerHolder?
        var startedAt: Instant?
        var finish: AttemptEnd?
        var isToEnd = false
    }

    var attempts: [AttemptKey]
    var offers: [ListedAttempt.Offered]
    var offer: Offer?
    var marker: MarkerHolder?
    var heartbeat: Instant?
    var members: [AttemptKey: Member] = [:]
}
