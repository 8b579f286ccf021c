/// Why an artifact could not be brought in or taken along.
public enum StagingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It may work later: the coordinator is away, the disk is full.
    case passing(String)
    /// It will not work: the bytes are not what their name says, or nobody has them.
    case permanent(String)

    /// The reason in words.
    public var description: String {
        switch self {
        case .passing(let words), .permanent(let words): words
        }
    }
}
