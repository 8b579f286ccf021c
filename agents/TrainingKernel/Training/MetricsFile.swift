internal import Glibc

/// The metrics of a run: JSON lines, appended whole, so that a reader never sees half of one.
final class MetricsFile {
    private let descriptor: Int32
    private let path: String

    /// Nothing is written without a path.
    init(_ path: String?) throws {
        self.path = path ?? ""
        guard let path else {
            descriptor = -1
            return
        }
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw KernelFault.system("cannot append to \(path) (HANSA_METRICS)", errno)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func append(_ record: some Encodable) throws {
        guard descriptor >= 0 else { return }
        let line = try JSONText.line(record) + [UInt8(ascii: "\n")]
        let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.count else {
            throw KernelFault.system("cannot append to \(path) (HANSA_METRICS)", errno)
        }
    }
}
