import DrillKit
import Glibc

extension HostProcess {
    /// The process and its start time, for a drill's evidence: a number that was given again is another process.
    var identity: String { "pid \(pid) started \(start)" }

    /// The program's name, without its folder.
    var program: String { arguments.first?.split(separator: "/").last.map(String.init) ?? "" }

    /// Stops it and waits until it stands still; nil where it was gone before.
    func stoppedNow() async throws -> String? {
        guard isAlive, kill(pid, SIGSTOP) == 0 else { return nil }
        let seen: Void? = try? await Patience.until(
            "process \(pid) stopped", seconds: 5, every: .milliseconds(5)
        ) {
            isStopped || !isAlive
        }
        return seen != nil && isStopped ? "\(identity): state T" : nil
    }

    /// Kills it and waits until it is gone; nil where it was gone before.
    func killedNow() async throws -> String? {
        guard isAlive, kill(pid, SIGKILL) == 0 else { return nil }
        try await Patience.until("the death of process \(pid)", seconds: 10, every: .milliseconds(5)) {
            !isAlive
        }
        return "\(identity): killed, and gone"
    }

    /// Lets it go on after a stop.
    func resumed() async throws {
        guard isAlive else { return }
        kill(pid, SIGCONT)
        try await Patience.until("process \(pid) goes on", seconds: 5, every: .milliseconds(5)) { !isStopped }
    }
}
