public import Federation

/// What starts jobs at a site: a batch system, or this host itself. Used by one owner at a time, from one thread that
/// may block. No answer is ever a guess: what is not known is said to be unknown, and the rules decide.
public protocol Launcher: AnyObject {
    /// Its name in settings and for people (`mpi`, `slurm`).
    var kind: String { get }

    /// Why this site can never run the pack, in words for whoever reads why it was declined; nil if it can.
    func fault(of offer: Offer) -> String?

    /// What can be taken now, with so many packs here already that have not ended.
    func capacity(openPacks: Int) async -> [PartitionCapacity]

    /// Which of the packs may be submitted now, in the order in which they came; the others wait for the reason
    /// given. Called with all that wait, each time: a pack that is missing has been withdrawn.
    func admit(_ waiting: [(pack: PackID, offer: Offer)]) async -> [PackID: Admission]

    /// Starts the pack's job. Its run folder stands, with inputs in place.
    func submit(_ request: JobRequest) async -> SubmissionAnswer

    /// All jobs of this instance that wait or run, in one call; nil when the batch system does not answer.
    func queue() async -> QueueReading?

    /// The site's record of the packs' jobs, in one call; nil when accounting does not answer.
    func rows(of packs: [PackInQuestion]) async -> [PackID: [JobRow]]?

    /// Ends all jobs of that pack, by name. Asked again until they are gone.
    func cancel(_ pack: PackID) async
}

/// Whether a pack may be submitted.
public enum Admission: Hashable, Sendable {
    /// Now; `submit` follows.
    case now
    /// Later, for a reason that people should see.
    case later(String)
}

/// A job to start.
public struct JobRequest: Sendable {
    /// The pack's run folder.
    public var folder: RunFolder
    /// What was offered.
    public var offer: Offer
    /// The job's name and comment: the key it is found by.
    public var name: String
}

/// What became of a submission.
public enum SubmissionAnswer: Hashable, Sendable {
    /// There is a job with that id.
    case submitted(job: String)
    /// Nobody knows, or it was refused: look before anything else.
    case doubtful(String)
}

/// The batch system's queue.
public struct QueueReading: Hashable, Sendable {
    /// A pack's jobs there.
    public struct Jobs: Hashable, Sendable {
        /// Their ids.
        public var ids: [String] = []
        /// Why they do not run, in the site's words.
        public var waitingReason: String?
    }

    /// By pack.
    public var packs: [PackID: Jobs] = [:]
}

/// A pack whose record is asked for.
public struct PackInQuestion: Sendable {
    /// The pack.
    public var pack: PackID
    /// Its run folder, whether there is one or not.
    public var folder: RunFolder
    /// Ids of its jobs as far as the journal knows them.
    public var jobs: [String]
    /// What it asked for, where known.
    public var resources: Resources?
}
