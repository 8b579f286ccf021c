import Glibc
import Logging

/// The agent's log: lines on the standard error, for journald or a file.
enum AgentLog {
    static func make(_ level: String) -> Logger {
        var log = Logger(label: "hansa-agent") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = Logger.Level(rawValue: level) ?? .info
        return log
    }

    /// A line on the standard error that is no log line.
    static func say(_ words: String) {
        let bytes = Array("\(words)\n".utf8)
        _ = write(2, bytes, bytes.count)
    }
}
