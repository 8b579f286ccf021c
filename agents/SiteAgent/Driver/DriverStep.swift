/// A place between two steps of the driver. Tests make it throw there, which is what a kill looks like from inside:
/// nothing after it happens, and everything before it did. Drills kill the process itself there: see `FaultPoint`.
public enum DriverStep: String, Hashable, Sendable, CaseIterable {
    /// A document is about to be sent; its number is on disk.
    case beforeExchange
    /// A reply has come and nothing of it is applied.
    case afterExchange
    /// A reply has been applied and journalled.
    case applied
    /// All run folders were read, and what they told is journalled.
    case scanned
    /// The intent to submit is journalled, no run folder made.
    case intended
    /// The run folder is made, the batch system not asked.
    case folderMade
    /// The batch system has been asked, its answer not journalled.
    case started
    /// The submission is journalled.
    case submitted
    /// A pack's evidence was taken in and journalled.
    case looked
    /// A start marker was taken, and it is not journalled.
    case markerTaken
    /// Outputs are staged out, the end not yet told.
    case staged
    /// A record was read and journalled.
    case settled
}
