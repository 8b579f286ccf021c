import Glibc

/// A process of this host as `/proc` shows it.
package struct HostProcess: Sendable {
    package var pid: Int32
    package var state: Character
    package var start: UInt64
    package var parent: Int32
    package var arguments: [String]
    package var variables: [String: String]

    /// The living process with that number; nil where it is gone, is a zombie, or may not be read.
    package init?(pid: Int32) {
        let stat = TextFile.read("/proc/\(pid)/stat")
        guard let close = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: close)...].split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, state != "Z", state != "X",
            let parent = Int32(fields[1]), let start = UInt64(fields[19])
        else { return nil }
        self.pid = pid
        self.state = state
        self.start = start
        self.parent = parent
        arguments = TextFile.read("/proc/\(pid)/cmdline").split(separator: "\0").map(String.init)
        variables = [:]
        for entry in TextFile.read("/proc/\(pid)/environ").split(separator: "\0") {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            variables[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
    }

    /// Whether this very process still lives.
    package var isAlive: Bool { HostProcess(pid: pid)?.start == start }
    /// Whether it is stopped by a signal.
    package var isStopped: Bool { HostProcess(pid: pid)?.state == "T" }

    /// All living processes that `choose` wants.
    package static func all(where choose: (HostProcess) -> Bool) -> [HostProcess] {
        TextFile.names(in: "/proc").compactMap { Int32($0) }.compactMap { HostProcess(pid: $0) }.filter(
            choose)
    }

    /// Kills it and waits until it is gone: the proof that a fault landed.
    package func killed() async throws {
        guard isAlive, kill(pid, SIGKILL) == 0 else {
            throw DrillFault("process \(pid) was gone before the fault")
        }
        try await Patience.until("the death of process \(pid)", seconds: 10, every: .milliseconds(5)) {
            !isAlive
        }
    }

    /// Stops it for as long as `body` takes, with the proof that it was stopped, and lets it go on.
    package func stopped(_ body: () async throws -> Void) async throws {
        guard isAlive, kill(pid, SIGSTOP) == 0 else {
            throw DrillFault("process \(pid) was gone before the fault")
        }
        do {
            try await Patience.until("process \(pid) stopped", seconds: 10, every: .milliseconds(5)) {
                isStopped
            }
            try await body()
        } catch {
            if isAlive { kill(pid, SIGCONT) }
            throw error
        }
        if isAlive { kill(pid, SIGCONT) }
    }
}
