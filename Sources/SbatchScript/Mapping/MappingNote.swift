/// What became of one line of a script.
public struct MappingNote: Hashable, Sendable, Codable {
    /// What happened to it.
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// It became part of the task.
        case mapped
        /// Hansa decides this itself.
        case decided
        /// It goes to the site's batch system as it is.
        case passedOn
        /// It has no effect, here or with sbatch.
        case ignored
        /// The script says nothing, and this is taken.
        case assumed
        /// The script will run, but see to this.
        case mind
    }

    /// The line from 1; nil where no line says it.
    public var line: Int?
    /// As it was written.
    public var written: String
    /// What happened to it.
    public var verdict: Verdict
    /// What it became, or why nothing.
    public var words: String

    /// A note on that line.
    public init(line: Int?, written: String, verdict: Verdict, words: String) {
        self.line = line
        self.written = Printable.text(written, most: 60)
        self.verdict = verdict
        self.words = words
    }
}
