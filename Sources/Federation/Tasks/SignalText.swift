/// Names and numbers of the signals of Linux on the processors that sites have.
public enum SignalText {
    /// Name without SIG, and number, by number.
    public static let known: [(name: String, number: Int32)] = [
        ("HUP", 1), ("INT", 2), ("QUIT", 3), ("ABRT", 6), ("KILL", 9), ("USR1", 10), ("SEGV", 11),
        ("USR2", 12), ("PIPE", 13), ("ALRM", 14), ("TERM", 15), ("CHLD", 17), ("CONT", 18), ("STOP", 19),
        ("TSTP", 20), ("TTIN", 21), ("TTOU", 22), ("URG", 23), ("XCPU", 24), ("XFSZ", 25),
    ]

    /// The number of a signal: `USR1`, `sigusr1`, `10`; nil where there is none.
    public static func number(_ text: String) -> Int32? {
        if !text.isEmpty, text.utf8.count <= 2, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return Int32(text).flatMap { (1...64).contains($0) ? $0 : nil }
        }
        let upper = text.uppercased()
        let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
        return known.first { $0.name == name }?.number
    }

    /// The name of a signal without SIG, or its digits where it has none.
    public static func name(_ number: Int32) -> String {
        known.first { $0.number == number }?.name ?? String(number)
    }
}
