/// The kernel's count of processes that it killed for memory in this process's control group.
enum MemoryKills {
    /// The count, or nil where it cannot be read.
    static func count() -> Int64? {
        guard let own = try? DurableFile.read("/proc/self/cgroup", limit: 64 << 10) else { return nil }
        for line in String(decoding: own, as: UTF8.self).split(separator: "\n") {
            // Version 2: `0::/path`. Version 1: `4:memory:/path`.
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let file: String
            if parts[0] == "0" {
                file = "/sys/fs/cgroup\(parts[2])/memory.events"
            } else if parts[1].split(separator: ",").contains("memory") {
                file = "/sys/fs/cgroup/memory\(parts[2])/memory.oom_control"
            } else {
                continue
            }
            guard let bytes = try? DurableFile.read(file, limit: 64 << 10) else { continue }
            for entry in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                let words = entry.split(separator: " ")
                if words.count == 2, words[0] == "oom_kill" { return Int64(words[1]) }
            }
        }
        return nil
    }
}
