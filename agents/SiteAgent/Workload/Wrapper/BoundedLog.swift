import Glibc

/// A log that keeps its beginning and its end, whatever a program prints: the head stays in the file, what follows
/// goes to segments of which the last two stay, and `finish` puts head, a note and the tail together.
///
/// A disk without room never stops the program: what could not be written is counted and said in the note.
final class BoundedLog {
    private let path: String
    private let head: Int
    private let tail: Int
    private var file: Int32 = -1
    private var total = 0
    private var lost = 0
    private var segments: [(path: String, start: Int)] = []
    private var segmentFile: Int32 = -1
    private var segmentBytes = 0

    init(path: String, head: Int, tail: Int) {
        self.path = path
        self.head = head
        self.tail = max(1, tail)
        file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }

    deinit {
        if file >= 0 { close(file) }
        if segmentFile >= 0 { close(segmentFile) }
    }

    /// The file that holds a log's bytes from that offset on, while it is being written.
    static func segmentPath(_ path: String, start: Int) -> String { "\(path)+\(start)" }

    func write(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        if total < head {
            let part = rest.prefix(head - total)
            put(part, to: file)
            total += part.count
            rest = rest.dropFirst(part.count)
        }
        while !rest.isEmpty {
            if segmentFile < 0 || segmentBytes >= tail { rotate() }
            let part = rest.prefix(tail - segmentBytes)
            put(part, to: segmentFile)
            total += part.count
            segmentBytes += part.count
            rest = rest.dropFirst(part.count)
        }
    }

    /// Puts the kept parts together; nothing is written afterwards.
    func finish() {
        if segmentFile >= 0 { close(segmentFile) }
        segmentFile = -1
        let after = total - head
        if after > 0 {
            var kept: [UInt8] = []
            for segment in segments { kept += (try? DurableFile.read(segment.path, limit: tail + 1)) ?? [] }
            kept = Array(kept.suffix(tail))
            let left = after - kept.count
            if left > 0 { put(Array("\n[hansa: \(left) bytes were left out here]\n".utf8)[...], to: file) }
            put(kept[...], to: file)
            for segment in segments { unlink(segment.path) }
            segments = []
        }
        if lost > 0 { put(Array("\n[hansa: \(lost) bytes could not be written]\n".utf8)[...], to: file) }
    }

    private func rotate() {
        if segmentFile >= 0 { close(segmentFile) }
        if segments.count == 2 { unlink(segments.removeFirst().path) }
        let next = BoundedLog.segmentPath(path, start: total)
        segments.append((next, total))
        segmentFile = open(next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        segmentBytes = 0
    }

    private func put(_ bytes: ArraySlice<UInt8>, to target: Int32) {
        var done = 0
        bytes.withUnsafeBytes { buffer in
            while done < buffer.count {
                let count = Glibc.write(target, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { break }
                done += count
            }
        }
        lost += bytes.count - done
    }
}
