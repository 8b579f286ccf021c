import Federation

/// A signal before the end: `USR1`, `B:SIGTERM@120`, `R:10`.
public struct SignalRequest: Hashable, Sendable {
    /// The signal's number.
    public var number: Int32
    /// How many seconds before the end.
    public var seconds: Int
    /// Whether the script itself gets it, and not what srun has started.
    public var toScript: Bool
    /// Whether it also comes when a reservation overlaps.
    public var overlapping: Bool

    /// Reads a request; nil where sbatch takes it for none.
    public init?(_ text: String) {
        var rest = text[...]
        toScript = false
        overlapping = false
        if let colon = rest.firstIndex(of: ":") {
            let flags = rest[..<colon].uppercased()
            guard ["B", "R", "BR", "RB"].contains(flags) else { return nil }
            toScript = flags.contains("B")
            overlapping = flags.contains("R")
            rest = rest[rest.index(after: colon)...]
        }
        seconds = 60
        if let at = rest.firstIndex(of: "@") {
            let digits = rest[rest.index(after: at)...]
            guard let number = digits.isEmpty ? 0 : WholeNumber.read(digits), number <= 65_535 else {
                return nil
            }
            seconds = number
            rest = rest[..<at]
        }
        guard let number = SignalText.number(String(rest)) else { return nil }
        self.number = number
    }

    /// In words that sbatch reads back.
    public var text: String {
        let flags = (overlapping ? "R" : "") + (toScript ? "B" : "")
        return (flags.isEmpty ? "" : flags + ":") + "\(SignalText.name(number))@\(seconds)"
    }
}
