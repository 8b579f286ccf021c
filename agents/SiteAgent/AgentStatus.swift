import Federation
import Glibc
import Wire

/// `hansa-agent status` and `drain`: they go by files in the agent's folder, because the journal belongs to the agent
/// that runs.
public struct AgentStatus: Sendable {
    /// What is printed as JSON.
    struct Sheet: Codable {
        var isHealthy: Bool
        var problems: [String]
        var report: AgentReport?
    }

    /// After so many seconds without a cycle an agent that lives from cycle to cycle is missed: `--job` may pause long.
    static let longestPause: Int64 = 3600
    /// After so many seconds without an exchange that was answered something is wrong.
    static let longestSilence: Int64 = 900

    private let identity: AgentIdentity
    private let report: AgentReport?
    private let now: Instant
    private let isAlive: Bool
    private let hasUnwrittenJournal: Bool

    /// The status of the agent in that folder, as it stands now.
    public init(folder: AgentFolder) throws {
        identity = try folder.identity()
        // After a power cut it may be empty, which says as little as none.
        report = try? JSONFile.read(AgentReport.self, folder.statusPath)
        now = WallClock().now()
        hasUnwrittenJournal = folder.journalMark.hasFailed
        isAlive = report.map { $0.stoppedAt == nil && ProcessIdentity(pid: $0.pid) != nil } ?? false
    }

    /// Whether nothing needs a person.
    public var isHealthy: Bool { problems.isEmpty }

    /// What needs a person, in words.
    public var problems: [String] {
        guard let report else {
            return hasUnwrittenJournal
                ? ["it has never run: its journal could not be written: is its disk full?"]
                : ["it has never run: `hansa-agent serve`, `once` or `install`"]
        }
        var problems: [String] = []
        let age = now.seconds(since: report.at)
        if report.mode == .once || report.mode == .courier {
            if age > Self.longestPause {
                problems.append("its last cycle was \(age) s ago: is its cron line or its job still there?")
            }
        } else if !isAlive {
            problems.append("it does not run; its jobs go on, and nobody tells the coordinator")
        } else if age > 120 {
            problems.append("its process \(report.pid) runs, and has said nothing for \(age) s")
        }
        if let fault = report.exchangeFault {
            problems.append("the last exchange failed: \(fault)")
        } else if let at = report.exchangedAt, now.seconds(since: at) > max(Self.longestSilence, age + 300) {
            problems.append("the last exchange was \(now.seconds(since: at)) s ago")
        } else if report.exchangedAt == nil {
            problems.append("it has not exchanged yet")
        }
        if let fault = report.storageFault {
            problems.append("it takes nothing new: \(fault)")
        } else if hasUnwrittenJournal {
            problems.append("when it was tried last, its journal could not be written: is its disk full?")
        }
        if let fault = report.roomFault { problems.append(fault) }
        return problems
    }

    /// The status in lines for people.
    public var lines: [String] {
        var lines = ["\(identity.agent) of site \(identity.site), instance \(identity.instance)"]
        if let report { lines += describe(report) }
        return lines + problems.map { "PROBLEM: \($0)" } + (isHealthy ? ["healthy"] : [])
    }

    /// The status as JSON.
    public func json() throws -> String {
        let sheet = Sheet(isHealthy: isHealthy, problems: problems, report: report)
        return String(decoding: try JSONFile.bytes(of: sheet), as: UTF8.self)
    }

    private func describe(_ report: AgentReport) -> [String] {
        let age = now.seconds(since: report.at)
        var lines = [
            isAlive
                ? "hansa-agent \(report.program) runs as process \(report.pid); this is \(age) s old"
                : "hansa-agent \(report.program) ran last \(age) s ago"
        ]
        if let at = report.exchangedAt { lines.append("last exchange \(now.seconds(since: at)) s ago") }
        if report.draining { lines.append("drained: it takes no new packs (`hansa-agent drain --undo`)") }
        if report.untold > 0 { lines.append("\(report.untold) events are not yet acknowledged") }
        for partition in report.capacity {
            let cores = partition.freeCores.map { ", \($0) cores free" } ?? ""
            let remark = partition.remark.map { " (\($0))" } ?? ""
            lines.append("partition \(partition.partition): \(partition.freeJobs) more jobs\(cores)\(remark)")
        }
        for pack in report.packs {
            let waiting = pack.waitingFor.map { " (\($0))" } ?? ""
            lines.append("pack \(pack.pack) \(pack.state.rawValue)\(waiting) job \(pack.job ?? "-")")
            for member in pack.members { lines.append("  \(member)") }
        }
        return lines
    }

    /// Lets the agent take no new packs, or take them again.
    public static func drain(folder: AgentFolder, on: Bool) throws {
        _ = try folder.identity()
        if on {
            try DurableFile.write([], to: folder.drainPath)
        } else {
            try Folder.remove(folder.drainPath)
        }
    }
}
