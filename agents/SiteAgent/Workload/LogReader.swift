import Glibc

/// Reads pieces of a member's log, also while it is being written and its middle has been left out.
enum LogReader {
    /// At most so many bytes go into one piece.
    static let maximumBytes: Int64 = 64 << 10

    /// A piece of a log.
    struct Piece: Equatable {
        /// The byte it really begins at: later than asked for where that part is gone.
        var offset: Int64
        /// How many bytes of the log it stands for.
        var bytes: Int64
        /// What they say.
        var text: String
    }

    /// The piece from that offset on (negative counts from the end). It begins and ends between characters; what a
    /// program has begun to write at the log's end waits for its rest, unless the log `isOver`.
    static func piece(_ path: String, offset: Int64, bytes: Int64, isOver: Bool = true) -> Piece? {
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
        guard let first = parts.firstIndex(where: { from < $0.start + (size($0.path) ?? 0) }) else {
            return Piece(offset: end, bytes: 0, text: "")
        }
        from = max(from, parts[first].start)
        var read: [UInt8] = []
        var isLast = false
        for part in parts[first...] where part.start <= from + Int64(read.count) {
            guard let more = Self.bytes(of: part, from: from + Int64(read.count), Int(wanted) - read.count)
            else {
                if read.isEmpty { return nil }
                break
            }
            read += more
            isLast = part.start == last.start
            if read.count >= wanted { break }
        }
        let isFull = read.count >= wanted
        if offset < 0 {
            let rest = read.prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
            read.removeFirst(rest)
            from += Int64(rest)
        }
        let cut = unfinished(read)
        let more = from + Int64(read.count) < end
        // What is followed by a gap, or by nothing any more, stays unfinished for good.
        let willBeWhole = isFull && more || isLast && !more && !isOver
        if willBeWhole, cut < read.count || !more { read.removeLast(cut) }
        return Piece(offset: from, bytes: Int64(read.count), text: text(read[...]))
    }

    /// So many bytes of the log from that one on, out of the part that holds it.
    private static func bytes(of part: (start: Int64, path: String), from: Int64, _ wanted: Int) -> [UInt8]? {
        let file = open(part.path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: wanted)
        let count = pread(file, &buffer, buffer.count, off_t(from - part.start))
        return Array(buffer.prefix(max(0, count)))
    }

    /// How many bytes at the end are the beginning of a character whose rest is missing.
    private static func unfinished(_ bytes: [UInt8]) -> Int {
        let tail = bytes.suffix(3)
        guard let lead = tail.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return 0 }
        let have = tail.endIndex - lead
        let length =
            switch tail[lead] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        return have < length ? have : 0
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
