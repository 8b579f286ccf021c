import Glibc

/// Reads pieces of a member's log, also while it is being written and its middle has been left out.
enum LogReader {
    /// At most so many bytes go into one piece.
    static let maximumBytes: Int64 = 64 << 10

    /// The piece from that offset on (negative counts from the end), with the offset it really begins at: later
    /// than asked for where that part is gone.
    static func piece(_ path: String, offset: Int64, bytes: Int64) -> (offset: Int64, text: String)? {
        var parts: [(start: Int64, path: String)] = [(0, path)]
        let name = Folder.name(of: path)
        for entry in Folder.entries(Folder.parent(of: path)) where entry.hasPrefix("\(name)+") {
            if let start = Int64(entry.dropFirst(name.count + 1)) {
                parts.append((start, "\(Folder.parent(of: path))/\(entry)"))
            }
        }
        parts.sort { $0.start < $1.start }
        guard let last = parts.last, let lastSize = size(last.path) else { return nil }
        let end = last.start + lastSize
        var from = offset < 0 ? max(0, end + offset) : min(offset, end)
        let wanted = min(max(0, bytes), maximumBytes)
        for part in parts {
            guard let size = size(part.path), from < part.start + size else { continue }
            from = max(from, part.start)
            let file = open(part.path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return nil }
            defer { close(file) }
            var buffer = [UInt8](repeating: 0, count: Int(wanted))
            let count = pread(file, &buffer, buffer.count, off_t(from - part.start))
            return (from, text(buffer.prefix(max(0, count))))
        }
        return (end, "")
    }

    /// The last line that is not empty, bounded.
    static func lastLine(_ path: String) -> String? {
        guard let tail = piece(path, offset: -2048, bytes: 2048) else { return nil }
        let line = tail.text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { String($0.suffix(300)) }
    }

    /// Programs print anything: what is no UTF-8 becomes U+FFFD, and control characters that a database or a terminal
    /// cannot take become their pictures.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var result = String.UnicodeScalarView()
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x1B: result.append(scalar)
            case 0x00..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func size(_ path: String) -> Int64? {
        FileStatus(path)?.bytes
    }
}
