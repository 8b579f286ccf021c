import Glibc

/// The cores of this host, shared by all agents on it: one lock file for each. A slot is taken by `flock`, which
/// belongs to the open file and so passes to a job's wrapper and watchdog; it is free again when both are gone,
/// however they went.
public struct SlotPool: Sendable {
    /// The folder with the lock files; local to this host.
    public let folder: String
    /// How many slots there are.
    public let slots: Int

    /// Opens the pool, or makes it with that many slots. Another user's folder, or a pool that was made with
    /// another number, is refused.
    public init(folder: String, slots: Int) throws {
        self.folder = folder
        self.slots = slots
        guard slots > 0 else {
            throw AgentFault.badSlotPool(path: folder, reason: "it needs at least one slot")
        }
        try Folder.make(folder)
        guard let status = FileStatus(folder, followingLinks: false), status.kind == .folder,
            status.owner == getuid(), !status.othersMayWrite
        else {
            throw AgentFault.badSlotPool(
                path: folder, reason: "the folder belongs to another user, or others may write there")
        }
        let count = "\(folder)/slots"
        if !DurableFile.exists(count) {
            let own = "\(count).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
            try DurableFile.write(Array("\(slots)\n".utf8), to: own)
            link(own, count)  // whoever is first decides; the others read it below
            unlink(own)
        }
        let text = String(decoding: try DurableFile.read(count, limit: 64), as: UTF8.self).filter(\.isNumber)
        guard Int(text) == slots else {
            throw AgentFault.badSlotPool(
                path: folder,
                reason: "it was made with \(text) slots, and the setting `slots` of this agent says \(slots)")
        }
    }

    /// Takes that many slots, all or none. Nil where so many are not free at this moment.
    public func take(_ wanted: Int) throws(FileFault) -> SlotLease? {
        guard wanted <= slots, let gate = try gate() else { return nil }
        defer { close(gate) }
        let lease = SlotLease()
        for slot in 0..<slots where lease.slots.count < wanted {
            if let file = try lock(slot) { lease.add(slot, file) }
        }
        if lease.slots.count < wanted {
            lease.release()
            return nil
        }
        return lease
    }

    /// How many slots are free at this moment; nil where another agent is just looking.
    public func free() throws(FileFault) -> Int? {
        guard let gate = try gate() else { return nil }
        defer { close(gate) }
        var count = 0
        for slot in 0..<slots {
            if let file = try lock(slot) {
                count += 1
                close(file)
            }
        }
        return count
    }

    /// Without the gate, two agents that each want all slots could each take half, again and again. It is never
    /// waited for: an agent that was stopped inside must not stop the others.
    private func gate() throws(FileFault) -> Int32? {
        let path = "\(folder)/gate"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFault("open", path) }
        for _ in 0..<20 {
            if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
            usleep(1000)
        }
        close(file)
        return nil
    }

    private func lock(_ slot: Int) throws(FileFault) -> Int32? {
        let path = "\(folder)/slot-\(slot)"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileFault("open", path) }
        if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
        close(file)
        return nil
    }
}
