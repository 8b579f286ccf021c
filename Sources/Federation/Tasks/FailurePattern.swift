/// A line of the log that names a failure's class: text as it stands, with `*` for anything within the line.
public struct FailurePattern: Hashable, Sendable, Codable {
    /// The class that such a line stands for.
    public var failure: FailureClass
    /// What the line contains.
    public var text: String

    /// A pattern for that class; see `fault` for what may stand in it.
    public init(failure: FailureClass, text: String) {
        self.failure = failure
        self.text = text
    }

    /// The classes that a log can know of. What a site does to a job only the site's word tells: a program that called
    /// its own failures preemptions would be tried again for nothing, for ever.
    public static let nameable: [FailureClass] = [
        .outOfMemory, .nodeFailure, .stalled, .launch, .nonZeroExit,
    ]
    /// A task has at most so many.
    public static let most = 32
    /// One is at most so long, bytes.
    public static let mostBytes = 200

    /// The texts between the wildcards, in order.
    var parts: [[UInt8]] { text.utf8.split(separator: UInt8(ascii: "*")).map(Array.init) }

    /// Why it cannot be used, in words; nil if it can.
    public var fault: String? {
        guard FailurePattern.nameable.contains(failure) else {
            let known = FailurePattern.nameable.map(\.rawValue).joined(separator: ", ")
            return "a log cannot name \(failure.rawValue); it can name \(known)"
        }
        guard text.utf8.count <= FailurePattern.mostBytes else {
            return "is longer than \(FailurePattern.mostBytes) bytes"
        }
        guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
            return "must be text of one line"
        }
        guard parts.reduce(0, { $0 + $1.count }) >= 4 else {
            return "must have at least four characters beside *"
        }
        return nil
    }
}
