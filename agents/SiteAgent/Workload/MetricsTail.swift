import Federation
import Glibc

/// The last whole line of a metrics file, which a program appends to while it is read.
enum MetricsTail {
    /// The last whole line as JSON, or nil. A line longer than 16 KiB is passed over.
    static func lastLine(_ path: String) -> JSONValue? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let bytes = Int(lseek(file, 0, SEEK_END))
        guard bytes > 0 else { return nil }
        let from = max(0, bytes - (32 << 10))
        var buffer = [UInt8](repeating: 0, count: bytes - from)
        let count = pread(file, &buffer, buffer.count, off_t(from))
        guard count > 0, let end = buffer[0..<count].lastIndex(of: 0x0A) else { return nil }
        for line in buffer[0..<end].split(separator: 0x0A).suffix(8).reversed() where line.count <= 16 << 10 {
            if let value = try? WireText.value(from: Array(line)), case .object = value { return value }
        }
        return nil
    }
}
