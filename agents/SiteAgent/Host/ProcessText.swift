import Glibc

/// Reads small files below `/proc`, one after another into the same memory: a look at the host reads one or two of every
/// process.
final class ProcessText {
    private var bytes = [UInt8](repeating: 0, count: 128 << 10)
    private var count = 0

    /// Reads a file whole, at most 4 MiB; false where it cannot be read or is empty.
    func read(_ path: String) -> Bool {
        count = 0
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        while true {
            let got = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if got < 0, errno == EINTR { continue }
            if got <= 0 { break }
            count += got
            if count == bytes.count {
                guard count < 4 << 20 else { break }
                bytes += [UInt8](repeating: 0, count: count)
            }
        }
        return count > 0
    }

    /// The variables whose names begin so, of an environment that has one that begins like `mark`: the whole entry, or no
    /// more than the name and the equals sign. Nil where it has none.
    func variables(prefix: String, having mark: String) -> [String: String]? {
        let isWhole = !mark.hasSuffix("=")
        var isMarked = false
        var found: [String: String] = [:]
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var at = 0
            while at < count {
                let rest = count - at
                let end = memchr(base + at, 0, rest).map { UnsafeRawPointer($0) - (base + at) } ?? rest
                defer { at += end + 1 }
                guard Self.begins(base + at, end, prefix) else { continue }
                let entry = UnsafeRawBufferPointer(start: base + at, count: end)
                if Self.begins(base + at, end, mark), !isWhole || end == mark.utf8.count { isMarked = true }
                guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
                found[String(decoding: entry[..<equals], as: UTF8.self)] = String(
                    decoding: entry[(equals + 1)...], as: UTF8.self)
            }
        }
        return isMarked ? found : nil
    }

    private static func begins(_ text: UnsafeRawPointer, _ length: Int, _ prefix: String) -> Bool {
        var prefix = prefix
        return prefix.withUTF8 { wanted in
            guard let base = wanted.baseAddress, length >= wanted.count else { return false }
            return memcmp(text, base, wanted.count) == 0
        }
    }

    /// The parent that a `stat` names. The command's name stands in parentheses and may hold anything, parentheses too: the
    /// last one ends it, then come a blank, the state, a blank and the parent.
    var parent: Int32? {
        guard let end = bytes[..<count].lastIndex(of: UInt8(ascii: ")")), end + 4 < count else { return nil }
        var parent: Int32 = 0
        for byte in bytes[(end + 4)..<count] {
            guard byte >= 0x30, byte <= 0x39 else { return parent }
            let (tens, over) = parent.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(Int32(byte - 0x30))
            guard !over, !more else { return nil }
            parent = sum
        }
        return nil
    }
}
