import DrillKit
import FoundationEssentials
import Glibc
import Synchronization

/// What happened in a seed, line by line as it happens: `timeline.jsonl`.
final class Timeline: Sendable {
    private struct Event: Encodable {
        var at: Double
        var event: String
        var fault: String?
        var target: String?
        var pid: Int32?
        var evidence: String?
    }

    private let file: Mutex<Int32>
    /// When it began, seconds of the wall clock.
    let began = EpochTime.now()

    init(path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw DrillFault("\(path): \(String(cString: strerror(errno)))") }
        self.file = Mutex(file)
    }

    deinit { file.withLock { _ = close($0) } }

    func note(
        event: String, fault: String? = nil, target: String? = nil, pid: Int32? = nil, evidence: String? = nil
    ) {
        let line = Event(
            at: (EpochTime.now() * 1e6).rounded() / 1e6, event: event, fault: fault, target: target, pid: pid,
            evidence: evidence)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        let bytes = Array(data) + [10]
        file.withLock { file in
            _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        }
    }
}
