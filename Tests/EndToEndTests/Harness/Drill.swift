import DrillKit
import Federation
import Glibc
import Testing
import Wire

/// One drill: tasks whose programs write down what really ran, a fault, and the judgement afterwards.
struct Drill {
    let deployment: Deployment
    let name: String
    /// Where the programs write, and wait for their release.
    let folder: String

    /// Runs a drill on the shared deployment; a failure carries the ends of all logs.
    static func run(_ name: String, _ body: (Drill) async throws -> Void) async throws {
        let deployment = try await Deployment.healthy()
        let drill = Drill(deployment: deployment, name: name, folder: "\(deployment.folder)/drills/\(name)")
        mkdir(drill.folder, 0o700)
        do {
            try await body(drill)
            try await drill.mustBalance()
        } catch {
            deployment.proxy.restore()
            try? drill.release()
            Issue.record("\(name): \(error)\n\(deployment.logTails())")
        }
    }

    /// A campaign of one kind of task that runs the drills' program.
    struct Work {
        /// Where, or anywhere.
        var site: String? = "north"
        /// Ranks under mpirun.
        var ranks = 1
        /// What the program ends with.
        var exit = 0
        /// Links of its chain.
        var links = 1
        /// Tries after failures.
        var retries = 3
        /// How long it may take.
        var walltime = "60s"
        /// How many tasks, sharing jobs.
        var members = 1
        /// Lines of the document beside these.
        var extra = ""
    }

    /// Submits it and answers its tasks.
    func submit(_ work: Work = Work(), key: String? = nil) async throws -> [TaskID] {
        let numbers = (0..<work.members).map(String.init).joined(separator: ", ")
        let document = """
            name: \(name)
            programme: drills
            activity: test
            tasks:
              - name: work\(work.members > 1 ? "-{number}" : "")
                kind: data
                \(work.members > 1 ? "matrix: {number: [\(numbers)]}" : "")
                program: \(deployment.folder)/work.sh
                arguments: ["\(folder)", "\(work.exit)", "\(work.links)"]
                resources: {ranks: \(work.ranks), cores: \(work.ranks), memory: 64MiB, walltime: \(work.walltime)}
                signalBefore: 1s
                retries: \(work.retries)
                links: \(work.links)
                packable: \(work.members > 1)
                \(work.site.map { "sites: [\($0)]" } ?? "")
                \(work.extra)
            """
        return try await submit(document: document, key: key)
    }

    /// Submits a document and answers its tasks.
    func submit(document: String, key: String? = nil) async throws -> [TaskID] {
        let file = "\(folder)/campaign.yaml"
        try TextFile.write(document, to: file)
        let answers: [SubmitAnswer] = try await deployment.hansa(
            ["submit", file, "--key", key ?? name, "--json"], as: "sam"
        ).value()
        guard let campaign = answers.first?.campaign.id else { throw DrillFault("no campaign was made") }
        let tasks: [TaskView] = try await deployment.hansa(
            ["queue", "--campaign", campaign.rawValue, "--all", "--json"], as: "sam"
        ).value()
        return tasks.map(\.id).sorted()
    }

    /// Submits one task.
    func submitOne(_ work: Work = Work()) async throws -> TaskID {
        guard let task = try await submit(work).first else { throw DrillFault("no task was made") }
        return task
    }

    /// Lets the programs end.
    func release() throws { try TextFile.write("", to: "\(folder)/release") }
    /// What really ran of a task.
    func ledger(_ task: TaskID) -> RunLedger { RunLedger("\(folder)/\(task)") }

    /// Waits until the task's program has begun so many times.
    func begun(_ task: TaskID, times: Int = 1) async throws {
        do {
            try await Patience.until("run \(times) of \(task)") { ledger(task).starts >= times }
        } catch {
            throw DrillFault("\(error); \(ledger(task))\n\(try await deployment.hansa(["show", "\(task)"]))")
        }
    }

    /// The task as the API shows it.
    func detail(_ task: TaskID) async throws -> TaskDetailView {
        try await deployment.hansa(["show", "\(task)", "--json"], as: "sam").value()
    }

    /// Waits until the task has ended and everything of it is settled.
    func over(_ task: TaskID, seconds: Double = 50) async throws -> TaskDetailView {
        do {
            return try await Patience.until("the end of \(task)", seconds: seconds, every: .milliseconds(200))
            {
                let result = try await deployment.hansa(["show", "\(task)", "--json"], as: "sam")
                guard result.exit == 0 else { return nil }
                let detail = try result.value(TaskDetailView.self)
                let settled = detail.attempts.allSatisfy { $0.state == .settled || $0.state.isBurnt }
                return detail.task.state.hasEnded && settled ? detail : nil
            }
        } catch {
            throw DrillFault("\(error); \(ledger(task))\n\(try await deployment.hansa(["show", "\(task)"]))")
        }
    }

    /// Demands that the task completed, that its program came to its end once, began that many times, and never twice
    /// at a time or twice in one attempt.
    @discardableResult
    func mustComplete(_ task: TaskID, starts: Int = 1) async throws -> TaskDetailView {
        let detail = try await over(task)
        let ran = ledger(task)
        try demand(detail.task.state == .completed, "\(task) is \(detail.task.state): \(detail.attempts)")
        try demand(ran.overlaps == 0, "ran twice at a time:\n\(ran)")
        try demand(ran.repeatedAttempts == 0, "one attempt ran twice:\n\(ran)")
        try demand(ran.ends == 1, "came \(ran.ends) times to its end:\n\(ran)")
        try demand(ran.starts == starts, "began \(ran.starts) times, not \(starts):\n\(ran)")
        return detail
    }

    /// Demands that the ledger balances and that nothing is held any more.
    func mustBalance() async throws {
        let check: LedgerCheckView = try await deployment.hansa(["audit", "check", "--json"]).value()
        try demand(check.balanced, "not balanced: \(check.faults)")
        for (site, balance) in check.sites {
            try demand(balance.held == .zero, "\(site) holds \(balance.held.units)")
            try demand(balance.isBalanced, "\(site) does not balance")
        }
    }

    /// Runs the coordinator (`hansad`) or an agent otherwise than usual for as long as `body` takes.
    func running(
        _ name: String, as executable: String, _ arguments: [String], environment: [String: String] = [:],
        _ body: () async throws -> Void
    ) async throws {
        try await deployment.end(name)
        try await deployment.start(name, as: executable, arguments, environment: environment)
        do {
            try await deployment.heal()
            try await body()
            try await deployment.end(name)
        } catch {
            try? await deployment.kill(name)
            throw error
        }
        try await deployment.heal()
    }

    /// Throws those words where the condition does not hold.
    func demand(_ condition: Bool, _ words: @autoclosure () -> String) throws {
        guard condition else { throw DrillFault(words()) }
    }

    /// The one process of that attempt's job with that role: `wrapper`, `watchdog`, `mpirun`, `rank` or `program`.
    func process(_ role: String, of task: TaskID) async throws -> HostProcess {
        let detail = try await detail(task)
        guard let attempt = detail.attempts.last else { throw DrillFault("\(task) has no attempt") }
        let found = HostProcess.all { process in
            guard process.variables["HANSA_PACK"] == attempt.pack.rawValue else { return false }
            let program = process.arguments.first?.split(separator: "/").last.map(String.init) ?? ""
            switch role {
            case "wrapper", "watchdog": return process.variables["HANSA_ROLE"] == role
            case "mpirun": return ["mpirun", "mpiexec", "orterun"].contains(program)
            case "rank":
                return process.variables["OMPI_COMM_WORLD_RANK"] == "1"
                    && process.arguments.contains { $0.hasSuffix("/work.sh") }
            default: return process.arguments.contains { $0.hasSuffix("/work.sh") } && program == "sh"
            }
        }
        guard let process = found.first else { throw DrillFault("\(task) has no \(role)") }
        return process
    }
}
