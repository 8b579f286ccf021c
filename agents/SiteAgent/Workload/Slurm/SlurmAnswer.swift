/// What became of a command of the batch system. Nothing here is a guess: what is not understood is `unreachable`.
enum SlurmAnswer: Hashable, Sendable {
    /// It ended with exit 0. `remarks` is what it said beside its answer; an empty answer means "there is none" only
    /// where that is empty too.
    case answered(output: [UInt8], remarks: String)
    /// It understood, and said no, for a reason that will not pass by itself.
    case refused(String)
    /// This user may not ask it, or it is not there.
    case denied(String)
    /// The controller, the accounting or the way to them does not answer; what was asked may still happen.
    case unreachable(String)
    /// It was killed at its time limit; what was asked may still happen.
    case timedOut(String)

    /// Words for people; nil where it answered.
    var fault: String? {
        switch self {
        case .answered: nil
        case .refused(let words), .denied(let words), .unreachable(let words), .timedOut(let words): words
        }
    }
}

extension SlurmAnswer {
    /// The answer in a run's end and what it printed.
    init(_ result: BoundedCommand.Result, of program: String, seconds: Int64) {
        let remarks = SlurmAnswer.words(result.errors)
        switch result.end {
        case .exit(0): self = .answered(output: result.output, remarks: remarks)
        case .exit(let code):
            self = SlurmAnswer.failed(program, exit: code, remarks, printed: SlurmAnswer.words(result.output))
        case .signal(let signal): self = .unreachable("\(program) was ended by signal \(signal)")
        case .timedOut: self = .timedOut("\(program) did not answer within \(seconds) s")
        case .tooMuch: self = .unreachable("\(program) printed more than can be taken")
        case .notStarted(let words): self = .denied(words)
        }
    }

    static func failed(_ program: String, exit: Int32, _ remarks: String, printed: String) -> SlurmAnswer {
        let said = remarks.isEmpty ? printed : remarks
        let words = said.isEmpty ? "\(program) ended with exit \(exit)" : "\(said)"
        if exit == 126 || exit == 127 { return .denied("\(program) cannot be run: \(words)") }
        // The refusals first: "Access/permission denied" is one when a job is asked for.
        if refusals.contains(where: said.contains) { return .refused(words) }
        if denials.contains(where: said.contains) { return .denied(words) }
        return .unreachable(words)
    }

    /// Refusals after which no job can exist, as the releases from 20.11 on word them.
    private static let refusals = [
        "Invalid partition name", "Invalid account", "Requested time limit is invalid", "Invalid qos",
        "Job violates accounting/QOS policy", "Requested node configuration is not available",
        "More processors requested than permitted", "Node count specification invalid",
        "User's group not permitted", "Memory required by task is not available",
        "Memory specification can not be satisfied", "Invalid generic resource", "Invalid wckey",
        "Required partition not available", "Requested partition configuration not available",
        "Invalid feature specification", "Batch job submission failed: Access/permission denied",
        "Batch job submission failed: Invalid user id", "unrecognized option", "invalid option",
        "Unable to open file", "Invalid Trackable RESource", "CPU count per node can not be satisfied",
        "Job cannot be submitted without", "Invalid license",
    ]

    private static let denials = [
        "Access/permission denied", "Access denied", "Permission denied", "not permitted", "not authorized",
        "No privilege", "You are not",
    ]

    /// Lines for people, bounded, without control characters.
    static func words(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            String(
                String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
        }
        return String(lines.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "; ").prefix(600))
    }
}
