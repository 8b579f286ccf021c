import Foundation
import Glibc

/// A named pipe in the place of the metrics file: the kernel cannot run ahead of its reader by more than the pipe
/// holds, so a test knows where it is without sleeping.
final class MetricsPipe {
    let path: String
    private var reader: Int32

    /// One page: about ten lines.
    init(_ path: String) throws {
        self.path = path
        guard mkfifo(path, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        // Without waiting for a writer, so that the size is set before there is one.
        reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard fcntl(reader, 1031 /* F_SETPIPE_SZ */, 4096) == 4096 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }

    deinit { close() }

    /// Reads until the kernel has written the line of this step.
    func wait(forStep step: Int) {
        var text = ""
        while !text.contains("\"step\":\(step),"), let piece = next(512) { text += piece }
    }

    /// Reads what is left, so that the kernel can go on.
    func drain() {
        while next(4096) != nil {}
    }

    /// Waits for bytes; nil when the writer is gone.
    private func next(_ limit: Int) -> String? {
        var buffer = [UInt8](repeating: 0, count: limit)
        var wanted = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, 60_000) == 1 else { return nil }
        let count = read(reader, &buffer, limit)
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    func close() {
        if reader >= 0 { Glibc.close(reader) }
        reader = -1
    }
}
