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
