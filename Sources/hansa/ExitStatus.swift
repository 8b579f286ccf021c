/// What `hansa` exits with; the numbers above 63 are those of sysexits.h.
enum ExitStatus: Int32, CaseIterable {
    /// Done.
    case success = 0
    /// Done, but what was waited for ended badly: a task failed, was cancelled, or a check found a fault.
    case endedBadly = 1
    /// The command line was wrong.
    case usage = 64
    /// A document or an answer is wrong.
    case data = 65
    /// A file is not there or not readable.
    case noInput = 66
    /// Refused by a rule: not eligible, not enough budget, no site takes it.
    case refused = 67
    /// There is no such task, campaign, site or artifact.
    case notFound = 68
    /// The coordinator cannot be reached.
    case unavailable = 69
    /// A file cannot be written.
    case cannotWrite = 73
    /// Try again later: the coordinator or a site is busy or starting.
    case temporary = 75
    /// Not allowed: no token, a wrong one, or the role is missing.
    case notAllowed = 77
    /// The settings of the command line tool are wrong.
    case settings = 78

    /// The meaning in words, for the help text and the README.
    var meaning: String {
        switch self {
        case .success: "done"
        case .endedBadly: "what was waited for or checked ended badly"
        case .usage: "the command line is wrong"
        case .data: "a document or an answer is wrong"
        case .noInput: "a file is not there or not readable"
        case .refused: "refused by a rule (eligibility, budget, no site takes it)"
        case .notFound: "there is no such thing"
        case .unavailable: "the coordinator cannot be reached"
        case .cannotWrite: "a file cannot be written"
        case .temporary: "try again later"
        case .notAllowed: "not allowed"
        case .settings: "the settings are wrong"
        }
    }
}
