/// What became of a submission.
public enum SubmissionAnswer: Hashable, Sendable {
    /// There is a job with that id.
    case submitted(job: String)
    /// It said no, in those words; whoever else asked with this journal's copy may have been answered otherwise.
    case rejected(String)
    /// Nobody knows: look before anything else.
    case doubtful(String)
}
