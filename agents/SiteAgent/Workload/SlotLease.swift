import Glibc

/// Slots that are taken, with the open files that hold them. Given up when released here and by every process
/// that inherited the files. One owner at a time.
public final class SlotLease {
    /// The slots' numbers.
    public private(set) var slots: [Int] = []
    /// The open files that hold them, in the same order.
    private(set) var files: [Int32] = []

    func add(_ slot: Int, _ file: Int32) {
        slots.append(slot)
        files.append(file)
    }

    /// Closes this process's files; whoever inherited them keeps the slots.
    public func release() {
        for file in files { close(file) }
        files = []
        slots = []
    }

    deinit { for file in files { close(file) } }
}
