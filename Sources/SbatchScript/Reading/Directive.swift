/// One option that a script gives to sbatch.
public struct Directive: Hashable, Sendable {
    /// The option; nil for one that the reader does not know.
    public var option: SbatchOption?
    /// Its long name, as it was written where the reader does not know it.
    public var name: String
    /// Its value, if it has one.
    public var value: String?
    /// As it was written, quotes taken away.
    public var written: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, in bytes.
    public var column: Int

    /// A known option with that value at that place.
    public init(_ option: SbatchOption, _ value: String?, line: Int = 0, column: Int = 1) {
        self.option = option
        name = option.rawValue
        self.value = value
        self.line = line
        self.column = column
        written = "--" + option.rawValue + (value.map { "=" + $0 } ?? "")
    }

    init(option: SbatchOption?, name: String, value: String?, written: String, at word: Word) {
        self.option = option
        self.name = name
        self.value = value
        self.written = written
        line = word.line
        column = word.column
    }

    /// A fault at this place.
    func fault(_ message: String, _ advice: String? = nil) -> ScriptFault {
        ScriptFault(line: line, column: column, found: written, message: message, advice: advice)
    }
}
