import Glibc

/// Ends what a pack has running.
enum Leftovers {
    /// Sends the signal to every process of the pack that `choose` wants; returns how many there were.
    @discardableResult
    static func signal(
        _ number: Int32, instance: String, pack: String, attempt: String? = nil,
        choose: (ProcessTable.Entry) -> Bool = { !$0.isWatchdog && !$0.isWrapper }
    ) -> Int {
        let found = ProcessTable.entries(instance: instance, pack: pack, attempt: attempt).filter(choose)
        for entry in found { send(number, to: entry.identity) }
        return found.count
    }

    /// Signals a process if it is still that one. The moment between the look and the signal is far shorter than it
    /// takes the kernel to give the same pid again.
    static func send(_ number: Int32, to process: ProcessIdentity) {
        guard process.isAlive else { return }
        kill(process.pid, number)
        if number != SIGKILL { kill(process.pid, SIGCONT) }
    }
}
