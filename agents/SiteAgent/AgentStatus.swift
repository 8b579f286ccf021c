import Federation
import FoundationEssentials
import Glibc
import Wire

/// `hansa-agent status` and `drain`: they go by files in the agent's folder, because the journal belongs to the agent
/// that serves.
public enum AgentStatus {
    /// The report in lines for people, or as JSON.
    public static func lines(folder: AgentFolder, json: Bool) throws -> [String] {
        let identity = try folder.identity()
        guard let report = try JSONFile.read(AgentReport.self, folder.statusPath) else {
            return ["\(identity.agent) of site \(identity.site) has never run"]
        }
        if json { return [String(decoding: try JSONFile.bytes(of: report), as: UTF8.self)] }
        let age = WallClock().now().seconds(since: report.at)
        let isAlive = report.stoppedAt == nil && ProcessIdentity(pid: report.pid) != nil
        var lines = [
            "\(identity.agent) of site \(identity.site), instance \(identity.instance), hansa-agent \(report.program)",
            isAlive
                ? "serves as process \(report.pid); this is \(age) s old"
                : "does not run; this is \(age) s old",
        ]
        if let at = report.exchangedAt {
            lines.append("last exchange \(WallClock().now().seconds(since: at)) s ago")
        } else {
            lines.append("has not exchanged yet")
        }
        if let fault = report.exchangeFault { lines.append("exchange: \(fault)") }
        if let fault = report.storageFault { lines.append("storage: \(fault)") }
        if report.draining { lines.append("takes no new packs") }
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
