/// A task's name: its submission and its index there. It never comes from a sequence, so a submission sent again
/// after a restore names the same tasks.
public struct TaskID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The submission that brought the task.
    public let submission: SubmissionID
    /// The task's place in that submission, from 0.
    public let index: Int

    /// The task at that place of that submission.
    public init(submission: SubmissionID, index: Int) {
        self.submission = submission
        self.index = index
    }

    /// Reads the form `submission-index`.
    public init?(_ text: String) {
        guard let dash = text.lastIndex(of: "-"), let index = Int(text[text.index(after: dash)...]),
            index >= 0
        else { return nil }
        let submission = SubmissionID(String(text[..<dash]))
        guard submission.isWellFormed else { return nil }
        self.init(submission: submission, index: index)
    }

    /// Reads the form `submission-index` from a JSON string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = TaskID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a task is named submission-index, not \"\(text)\"")
        }
        self = id
    }

    /// Writes the form `submission-index` as a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The form `submission-index`.
    public var description: String { "\(submission)-\(index)" }
    /// By submission, then by place.
    public static func < (left: TaskID, right: TaskID) -> Bool {
        (left.submission, left.index) < (right.submission, right.index)
    }
}
