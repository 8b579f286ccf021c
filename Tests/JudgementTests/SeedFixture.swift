import FoundationEssentials

@testable import Judgement

/// A seed's folder made up for a test: what a good seed leaves, to be changed at one place.
struct SeedFixture {
    /// The first moment of the seed, seconds since 1970.
    static let began: Int64 = 1_800_000_000

    /// A row of the record.
    struct Row {
        var id = 1
        var pack: String
        var state = "COMPLETED"
        var start: Int64?
        var end: Int64?
        var elapsed: Int64?
        var suspended: Int64 = 0
        var cpus = 4
        var nodes = 1
        var name: String?
        var submit: Int64?

        var text: String {
            func time(_ seconds: Int64?) -> String {
                seconds.map { String(SeedFixture.began + $0) } ?? "Unknown"
            }
            let ran = elapsed ?? max(0, (end ?? 0) - (start ?? 0) - suspended)
            return [
                String(id), name ?? "hansa-abc-\(pack)", state, time(submit ?? start), time(start), time(end),
                String(ran), "00:00:\(suspended < 10 ? "0" : "")\(suspended)",
                "billing=\(cpus),cpu=\(cpus),mem=10M,node=\(nodes)",
            ].joined(separator: "|")
        }
    }

    /// An attempt of the book; amounts are core-seconds.
    struct Attempt {
        var key: String
        var state = "settled"
        var site = "a"
        var pack: String
        var hold: Int64 = 0
        var holdSize: Int64 = 400
        var charged: Int64
        var offeredAt: Int64
        /// When it was settled; nil for one without an entry.
        var settledAt: Int64?
        /// What its entry says where that is not what the attempt says.
        var entry: Int64?
        var cameUp = false
    }

    var tasks: [(name: String, id: String, state: String, ranks: Int, expect: String, mayFail: Bool)] = []
    var attempts: [Attempt] = []
    var rows: [String: [Row]] = ["a": [], "b": []]
    var lines: [String: String] = [:]
    var granted: Int64 = 100_000
    /// Written as it stands in place of what the values come to.
    var replaced: [String: String] = [:]
    var removed: Set<String> = []
    var timeline = [
        #"{"at": 1800000000, "event": "submit", "target": "k1"}"#,
        #"{"at": 1800000020, "event": "strike", "fault": "agent-kill", "target": "a", "pid": 7}"#,
        #"{"at": 1800000021, "event": "landed", "fault": "agent-kill", "evidence": "process 7 is gone"}"#,
        #"{"at": 1800000030, "event": "strike", "fault": "job-hold"}"#,
        #"{"at": 1800000060, "event": "last-heal"}"#, #"{"at": 1800000190, "event": "end"}"#,
    ]

    /// One task that ran ten seconds on four cores.
    static func good() -> SeedFixture {
        var seed = SeedFixture()
        seed.add(task: "one", id: "s-0")
        seed.attempts.append(Attempt(key: "s-0.1.1", pack: "p0", charged: 44, offeredAt: 5, settledAt: 25))
        seed.rows["a"]?.append(Row(pack: "p0", start: 10, end: 21))
        seed.run("s-0", "s-0.1.1", from: 10, to: 20)
        return seed
    }

    mutating func add(
        task name: String, id: String, state: String = "completed", ranks: Int = 1,
        expect: String = "completed", mayFail: Bool = false
    ) {
        tasks.append((name, id, state, ranks, expect, mayFail))
    }

    /// The file of a process that ran between those seconds; `last` is its last word, nil where it was killed.
    mutating func run(
        _ task: String, _ attempt: String, rank: String = "0", pid: Int = 100, from: Int64, to: Int64,
        last: String? = "end", more: String = " 0"
    ) {
        let tail = "a1 \(pid) 5000 \(task) \(attempt) \(rank)"
        var text = "start \(SeedFixture.began + from).100000 \(tail) run\n"
        for second in (from + 1)..<max(to, from + 2) {
            text += "beat \(SeedFixture.began + second).100000 \(tail)\n"
        }
        if let last { text += "\(last) \(SeedFixture.began + to).100000 \(tail)\(more)\n" }
        lines["\(attempt),\(rank),a1,\(pid),5000.lines"] = text
    }

    /// Writes the folder and judges it.
    func judged() throws -> Verdict {
        let folder = FileManager.default.temporaryDirectory.appending(path: "judge-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write(to: folder)
        return try Judge.judge(folder: folder)
    }

    func write(to folder: String) throws {
        for part in ["lines", "slurm", "hansa"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
        }
        let titles = "JobIDRaw|JobName|State|Submit|Start|End|ElapsedRaw|Suspended|AllocTRES"
        var files = [
            "plan.json": plan, "timeline.jsonl": timeline.joined(separator: "\n") + "\n",
            "hansa/tasks.json": list(
                tasks.map { #"{"id": "\#($0.id)", "name": "\#($0.name)", "state": "\#($0.state)"}"# }),
            "hansa/attempts.json": list(attempts.map(text)), "hansa/entries.json": list(entries),
            "hansa/budgets.json": list([budget]),
        ]
        for (site, rows) in rows {
            files["slurm/\(site).sacct"] = ([titles] + rows.map(\.text)).joined(separator: "\n") + "\n"
        }
        for (name, text) in lines { files["lines/\(name)"] = text }
        files.merge(replaced) { $1 }
        for (name, text) in files where !removed.contains(name) {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
        }
    }

    private var plan: String {
        let planned = tasks.map {
            """
            {"key": "k1", "task": "\($0.name)", "kind": "run", "ranks": \($0.ranks), "mayFail": \($0.mayFail),
             "expect": "\($0.expect)"}
            """
        }
        return """
            {"seed": 7, "heartbeatSeconds": 2, "budgets": [], "tasks": \(list(planned)), "sites": [
              {"name": "a", "rule": "cores", "coresPerNode": 8, "unit": "core-hours"},
              {"name": "b", "rule": "nodes", "coresPerNode": 8, "unit": "core-hours"}]}
            """
    }

    private func text(_ attempt: Attempt) -> String {
        let at = attempt.cameUp ? Int64.min : micro(attempt.offeredAt)
        return """
            {"key": "\(attempt.key)", "state": "\(attempt.state)", "site": "\(attempt.site)", "agent": "a",
             "pack": "\(attempt.pack)", "job": "1", "budget": "all", "hold": "\(attempt.hold * 1000)",
             "holdSize": "\(attempt.holdSize * 1000)", "charged": "\(attempt.charged * 1000)",
             "unit": "core-hours", "offeredAt": \(at),
             "usage": {"nodes": 1, "coresPerNode": 4, "estimated": false}}
            """
    }

    private var entries: [String] {
        var entries = [entry(1, 0, "grant", granted, 0, nil)]
        for attempt in attempts {
            guard let at = attempt.settledAt else { continue }
            let amount = attempt.entry ?? attempt.charged
            entries.append(
                entry(
                    entries.count + 1, at, "settle", amount, max(0, attempt.holdSize - amount), attempt.key))
        }
        return entries
    }

    private func entry(
        _ number: Int, _ at: Int64, _ kind: String, _ amount: Int64, _ released: Int64, _ attempt: String?
    ) -> String {
        let named = attempt.map { #", "attempt": "\#($0)""# } ?? ""
        return """
            {"number": \(number), "bookedAt": \(micro(at)), "effective": 0, "kind": "\(kind)", "budget": "all",
             "site": "a", "amount": "\(amount * 1000)", "released": "\(released * 1000)"\(named)}
            """
    }

    private var budget: String {
        let spent = attempts.filter { $0.settledAt != nil }.reduce(0) { $0 + ($1.entry ?? $1.charged) }
        let held = attempts.reduce(0) { $0 + $1.hold }
        let left = granted - spent - held
        return """
            {"id": "all", "unit": "core-hours", "balance": {"granted": "\(granted * 1000)",
             "overrun": "\(max(0, -left) * 1000)", "available": "\(max(0, left) * 1000)",
             "held": "\(held * 1000)", "spent": "\(spent * 1000)", "expired": "0"}}
            """
    }

    private func list(_ items: [String]) -> String { "[\(items.joined(separator: ", "))]" }
    private func micro(_ seconds: Int64) -> Int64 { (SeedFixture.began + seconds) * 1_000_000 }
}
