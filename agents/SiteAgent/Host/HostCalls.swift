import Glibc

/// Calls that Swift's Glibc module leaves out because their header needs `_GNU_SOURCE` or they are variadic; taken
/// from the C library that is loaded anyway.
enum HostCalls {
    /// Makes orphans of this process's descendants its own children, so that none escapes it. False where not possible.
    @discardableResult
    static func becomeSubreaper() -> Bool {
        typealias Call = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
        guard let symbol = dlsym(nil, "prctl") else { return false }
        let prctl = unsafeBitCast(symbol, to: Call.self)
        return prctl(36, 1, 0, 0, 0) == 0  // PR_SET_CHILD_SUBREAPER
    }

    /// The CPUs that this process may use, ascending.
    static func allowedCPUs() -> [Int] {
        typealias Call = @convention(c) (Int32, Int, UnsafeMutableRawPointer) -> Int32
        guard let symbol = dlsym(nil, "sched_getaffinity") else { return [] }
        let getAffinity = unsafeBitCast(symbol, to: Call.self)
        var mask = [UInt64](repeating: 0, count: 64)
        let worked = mask.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            return getAffinity(0, bytes.count, base) == 0
        }
        guard worked else { return [] }
        return (0..<4096).filter { mask[$0 / 64] & (1 << UInt64($0 % 64)) != 0 }
    }

    /// Confines this process and all it starts to those CPUs. False where not possible.
    @discardableResult
    static func confine(to cpus: [Int]) -> Bool {
        typealias Call = @convention(c) (Int32, Int, UnsafeRawPointer) -> Int32
        guard !cpus.isEmpty, let symbol = dlsym(nil, "sched_setaffinity") else { return false }
        let setAffinity = unsafeBitCast(symbol, to: Call.self)
        var mask = [UInt64](repeating: 0, count: 64)
        for cpu in cpus where (0..<4096).contains(cpu) { mask[cpu / 64] |= 1 << UInt64(cpu % 64) }
        return mask.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            return setAffinity(0, bytes.count, base) == 0
        }
    }
}

extension HostCalls {
    /// This process's environment.
    static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        // The kernel's copy, as given at the start: reading `environ` would race with whoever sets variables.
        let bytes = (try? DurableFile.read("/proc/self/environ", limit: 16 << 20)) ?? []
        for entry in bytes.split(separator: 0) {
            guard let equals = entry.firstIndex(of: UInt8(ascii: "=")) else { continue }
            variables[String(decoding: entry[..<equals], as: UTF8.self)] =
                String(decoding: entry[(equals + 1)...], as: UTF8.self)
        }
        return variables
    }

    /// Closes every open file from number 3 on but those: what a starter leaked must not live as long as a job.
    static func closeInherited(except kept: Set<Int32>) {
        for name in Folder.entries("/proc/self/fd") {
            guard let file = Int32(name), file > 2, !kept.contains(file) else { continue }
            close(file)
        }
    }
}

extension HostCalls {
    /// The user that this process runs as.
    static var user: UInt32 { getuid() }

    /// A path that means the same wherever the process stands.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(workingFolder)/\(path)"
    }

    /// The folder that relative paths begin at.
    static var workingFolder: String {
        guard let buffer = getcwd(nil, 0) else { return "/" }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}
