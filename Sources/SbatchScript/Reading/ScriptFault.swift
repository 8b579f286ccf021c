/// One thing for which a script is refused: where, what was found, why, and what to write instead.
public struct ScriptFault: Hashable, Sendable, Codable {
    /// The line from 1; nil for the script as a whole.
    public var line: Int?
    /// The column from 1, in bytes.
    public var column: Int?
    /// What stands there, as it may be printed.
    public var found: String
    /// What is wrong with it.
    public var message: String
    /// What to write instead.
    public var advice: String?

    /// A fault at that place.
    public init(line: Int?, column: Int? = nil, found: String, message: String, advice: String? = nil) {
        self.line = line
        self.column = column
        self.found = Printable.text(found)
        self.message = Printable.text(message, most: 1000)
        self.advice = advice.map { Printable.text($0, most: 1000) }
    }

    /// The fault as one line: `line 3:9: --mem=1.5G: …; write …`.
    public var inWords: String {
        var place = ""
        if let line { place = "line \(line)" + (column.map { ":\($0)" } ?? "") + ": " }
        return place + (found.isEmpty ? "" : "\(found): ") + message + (advice.map { "; \($0)" } ?? "")
    }
}
