import Federation
import FoundationEssentials
import Glibc
import Logging
import Wire

/// The log on standard error: one line an event, as text for people or as JSON for collectors.
struct LineLog: LogHandler {
    let form: Settings.LogForm
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    static func logger(form: Settings.LogForm, level: Logger.Level) -> Logger {
        Logger(label: "hansad") { _ in LineLog(form: form, logLevel: level) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let line: String =
            switch form {
            case .text: text(event, all)
            case .json: json(event, all)
            }
        // One write a line: lines of several threads never mix.
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var line = "\(LineLog.now) \(event.level.rawValue) \(LineLog.oneLine("\(event.message)"))"
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            line += " \(LineLog.name(key))=\(LineLog.quoted("\(value)"))"
        }
        return line
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> String {
        var members: [String: JSONValue] = [:]
        for (key, value) in metadata { members[LineLog.name(key)] = .string("\(value)") }
        members["time"] = .string(LineLog.now)
        members["level"] = .string(event.level.rawValue)
        members["message"] = .string("\(event.message)")
        let bytes = (try? WireJSON.bytes(JSONValue.object(members))) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func name(_ key: String) -> String { key == "hb.request.id" ? "request" : key }

    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 < 0x7F }
        return isPlain ? value : "\"" + oneLine(value).replacing("\"", with: "'") + "\""
    }

    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    private static var now: String {
        Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
    }
}
