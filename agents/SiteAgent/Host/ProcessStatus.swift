/// What `/proc/<pid>/stat` says of a process.
struct ProcessStatus {
    let state: Character
    let parent: Int32
    let group: Int32
    /// Clock ticks since boot.
    let start: UInt64

    init?(pid: Int32) {
        guard let bytes = try? DurableFile.read("/proc/\(pid)/stat", limit: 4096) else { return nil }
        // The command's name stands in parentheses and may hold anything, parentheses too: the last one ends it.
        guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0, as: UTF8.self)
        }
        // Field 3 of proc(5) is the first one here.
        guard fields.count > 19, let state = fields[0].first, let parent = Int32(fields[1]),
            let group = Int32(fields[2]),
            let start = UInt64(fields[19])
        else { return nil }
        self.state = state
        self.parent = parent
        self.group = group
        self.start = start
    }
}
