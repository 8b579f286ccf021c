/// What stops an agent, in words for the person who runs it.
public enum AgentFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The run root is marked as another agent's.
    case foreignRunRoot(path: String, owner: String)
    /// The run root has no mark.
    case unmarkedRunRoot(path: String)
    /// The journal belongs to another agent or book.
    case foreignJournal(path: String, owner: String)
    /// Another process has the journal open.
    case journalInUse(path: String)
    /// The journal lies where locks of one host prove nothing.
    case journalOnSharedFileSystem(path: String, kind: String)
    /// The journal cannot be read.
    case damagedJournal(path: String, reason: String)
    /// The agent's folder holds no identity.
    case notEnrolled(folder: String)
    /// The agent's folder holds an identity already.
    case alreadyEnrolled(folder: String, agent: String)
    /// A setting is wrong; with the file and what would be right.
    case badSetting(file: String, reason: String)
    /// The slot pool was made with another number of slots, or is not ours.
    case badSlotPool(path: String, reason: String)
    /// What keeps the agent running could not be written, with the reason.
    case cannotInstall(reason: String)
    /// The agent may not leave now, with the reason and what to do.
    case cannotLeave(reason: String)
    /// The agent does not know the key that replies to couriers are signed with.
    case noBookKey(path: String)
    /// The answer to an enrolment is not for this folder's request, or cannot be used.
    case badEnrolmentAnswer(reason: String)
    /// A single cycle ended without an exchange that the coordinator answered.
    case noExchange(reason: String)

    /// What is wrong, where, and what would be right.
    public var description: String {
        switch self {
        case .foreignRunRoot(let path, let owner):
            "\(path) is the run root of \(owner); every agent needs one of its own (setting `folder`)"
        case .unmarkedRunRoot(let path):
            "\(path) is no run root: `hansa-agent enrol` makes one"
        case .foreignJournal(let path, let owner):
            "\(path) is the journal of \(owner); every agent needs one of its own (setting `folder`)"
        case .journalInUse(let path):
            "\(path) is in use by another process; an agent runs once"
        case .journalOnSharedFileSystem(let path, let kind):
            "\(path) lies on a \(kind) file system, where a lock does not keep other hosts out; "
                + "put the journal on a local disk (setting `journalFolder`)"
        case .damagedJournal(let path, let reason):
            "\(path) cannot be used: \(reason). Move it away, and the agent finds its jobs again from the run folders"
        case .notEnrolled(let folder):
            "\(folder) holds no enrolled agent: run `hansa-agent enrol` first"
        case .alreadyEnrolled(let folder, let agent):
            "\(folder) holds the agent \(agent) already; choose another folder"
        case .badSetting(let file, let reason): "\(file): \(reason)"
        case .badSlotPool(let path, let reason): "the slot pool \(path) cannot be used: \(reason)"
        case .cannotInstall(let reason): "nothing is installed: \(reason)"
        case .cannotLeave(let reason): "the agent cannot leave: \(reason)"
        case .noBookKey(let path):
            "\(path) is not there: it holds the book's public key, PEM, as GET /v1/ledger/key of the coordinator gives it"
        case .badEnrolmentAnswer(let reason): "the answer to the enrolment cannot be used: \(reason)"
        case .noExchange(let reason):
            "nothing could be exchanged: \(reason). What there is to tell is kept for the next cycle"
        }
    }

    /// The process exit code by which a caller tells the passing ones apart: 75 another process has the agent, 69 the
    /// coordinator did not answer. Nil for everything that stays until somebody mends it.
    public var exitCode: Int32? {
        switch self {
        case .journalInUse: 75
        case .noExchange: 69
        default: nil
        }
    }

    /// Whether another process of the agent is at work.
    public var isOverlap: Bool { exitCode == 75 }
}
