internal import Glibc

/// The few calls of the system whose C form Swift reads badly.
enum SystemCall {
    /// The text of an errno value.
    static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    /// A variable of the environment; nil when unset or empty.
    static func environment(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        let text = String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// Writes one line to standard error.
    static func complain(_ line: String) {
        let oneLine = line.split(whereSeparator: \.isNewline).joined(separator: " ")
        let text = "hansa-kernel: \(oneLine)\n"
        text.withCString { _ = write(2, $0, strlen($0)) }
    }

    /// Writes one line to standard output at once: a log is read while the run goes on.
    static func say(_ line: String) {
        "\(line)\n".withCString { _ = write(1, $0, strlen($0)) }
    }

    /// Largest resident memory of this process so far, in bytes.
    static func peakResidentBytes() -> Int {
        var usage = rusage()
        getrusage(0, &usage)  // RUSAGE_SELF, which Swift sees as another type
        return usage.ru_maxrss * 1024
    }
}
