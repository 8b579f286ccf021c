internal import Glibc

/// A file read through memory.
final class MappedFile {
    private let bytes: UnsafeRawBufferPointer
    /// Bytes of the file.
    var count: Int { bytes.count }

    init(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw KernelFault.system("cannot read \(path)", errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw KernelFault.system("cannot read \(path)", errno) }
        guard status.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let size = Int(status.st_size)
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
            throw KernelFault.system("cannot map \(path)", errno)
        }
        bytes = UnsafeRawBufferPointer(start: base, count: size)
    }

    /// Gives the bytes to `body`; a pointer kept longer would outlive the mapping.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(bytes) }
    }

    /// Opens a file and gives its bytes to `body`.
    static func read<Result>(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Result) throws
        -> Result
    {
        try MappedFile(path).withBytes(body)
    }

    deinit {
        if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
    }
}
