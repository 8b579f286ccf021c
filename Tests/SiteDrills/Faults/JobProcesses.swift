import DrillKit
import FoundationEssentials

/// What runs of the jobs of one site's agent on this host, as `/proc` shows it.
struct JobProcesses {
    /// Wrappers, watchdogs, programs and ranks.
    private(set) var all: [HostProcess]

    /// What runs now.
    init(of site: DrillSite) {
        struct Mark: Decodable { var instance: String }
        let text = TextFile.read("\(site.agent.runs)/run-root.json")
        let packs = Set(TextFile.names(in: site.agent.runs))
        // Seeds that run side by side may name their packs alike: the book tells them apart.
        guard let mark = try? JSONDecoder().decode(Mark.self, from: Data(text.utf8)) else {
            all = []
            return
        }
        all = HostProcess.all { process in
            guard let pack = process.variables["HANSA_PACK"], packs.contains(pack) else { return false }
            return process.variables["HANSA_INSTANCE"] == mark.instance
        }
    }

    /// The jobs' own processes, each with its start marker taken or about to be.
    var wrappers: [HostProcess] { all.filter { $0.arguments.dropFirst().first == "run-pack" } }
    /// What stands beside the wrappers.
    var watchdogs: [HostProcess] { all.filter { $0.arguments.dropFirst().first == "watch" } }
    /// The programs that a rank starter started, one each.
    var ranks: [HostProcess] {
        let ranks = all.filter { $0.variables["OMPI_COMM_WORLD_RANK"] != nil && $0.program != "orted" }
        let own = Set(ranks.map(\.pid))
        // A rank's own children carry its variables as well.
        return ranks.filter { !own.contains($0.parent) }
    }
    /// All that runs on one node, its slurmstepd first: nothing is left then that would tell how the rest ended.
    func on(_ node: String) -> [HostProcess] {
        var here = self
        here.all = all.filter { $0.variables["SLURMD_NODENAME"] == node }
        return here.stepDaemons + here.all
    }
    /// The slurmstepd that each of the jobs' processes hangs on.
    var stepDaemons: [HostProcess] {
        var found: [Int32: HostProcess] = [:]
        for process in all {
            var next = process.parent
            while next > 1, let above = HostProcess(pid: next) {
                if above.arguments.first?.hasPrefix("slurmstepd") == true {
                    found[above.pid] = above
                    break
                }
                next = above.parent
            }
        }
        return found.values.sorted { $0.pid < $1.pid }
    }
}
