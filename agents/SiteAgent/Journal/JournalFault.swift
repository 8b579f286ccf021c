/// Why a step could not be journalled; nothing of it is on disk, and nothing is done or told until it is.
public enum JournalFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The disk has no room for that file.
    case full(String)
    /// Anything else, with the reason.
    case failed(String)

    /// A few words for everybody, without the site's paths.
    var short: String {
        switch self {
        case .full: "it has no room for its journal"
        case .failed: "it cannot write its journal"
        }
    }

    /// What is wrong and what helps.
    public var description: String {
        switch self {
        case .full(let path):
            "no room to write the journal \(path); make some, and the agent goes on by itself"
        case .failed(let words): "the journal cannot be written: \(words)"
        }
    }
}
