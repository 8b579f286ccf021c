/// Why a data task could not do its work, with the exit status that says what to do about it.
public struct CorpusFault: Error, CustomStringConvertible, Sendable {
    /// What a scheduler should make of the failure; the numbers are those of sysexits.h.
    public enum Kind: Int32, Sendable {
        /// The command line or the environment is wrong; repeating does not help.
        case usage = 64
        /// The data is not what it claims to be.
        case data = 65
        /// A file could not be read or written.
        case file = 74
        /// The network or a mirror failed; the same command may succeed later.
        case temporary = 75
        /// The host lacks something that its administrator must put there.
        case host = 78
    }

    /// The class of the failure.
    public let kind: Kind
    /// What happened, where, and what would be right.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
