import Logging

/// The agent's log: lines on the standard error, for journald or a file.
enum AgentLog {
    static func make(_ level: String) -> Logger {
        var log = Logger(label: "hansa-agent") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = Logger.Level(rawValue: level) ?? .info
        return log
    }
}
