/// What became of a submission.
public enum SubmissionAnswer: Hashable, Sendable {
    /// There is a job with that id.
    case submitted(job: String)
    /// Nobody knows, or it was refused: look before anything else.
    case doubtful(String)
}
