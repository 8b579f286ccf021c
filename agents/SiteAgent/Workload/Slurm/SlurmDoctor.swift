import Federation

/// Looks whether the site's Slurm can be worked with: every command's answer and time, and what was found of limits.
struct SlurmDoctor {
    private let configuration: AgentConfiguration
    private let shell: SlurmShell
    private let folder: AgentFolder

    init(_ configuration: AgentConfiguration, folder: AgentFolder) {
        self.configuration = configuration
        self.folder = folder
        let site = SlurmLauncher.Site(
            instance: InstanceID("doctor"), partitions: [], executable: "", maximumJobs: 0,
            maximumWalltimeSeconds: 0, killSeconds: 0, slurm: configuration.slurm)
        let control = (try? configuration.controlFolder(user: HostCalls.user)) ?? "/tmp"
        shell = SlurmLauncher(site: site, controlFolder: control).shell
    }

    func examine() async -> [AgentDoctor.Finding] {
        var findings: [AgentDoctor.Finding] = []
        func note(_ subject: String, _ isGood: Bool, _ words: String) {
            findings.append(.init(subject: "slurm \(subject)", isGood: isGood, words: words))
        }
        do {
            _ = try configuration.rules()
        } catch {
            note("settings", false, "\(error)")
        }
        for program in ["sbatch", "squeue", "scancel"] {
            let (answer, time) = await asked(program, ["--version"])
            note(program, answer.fault == nil, answer.fault ?? "\(line(answer)), answered within \(time)")
        }
        let user = line(await shell.run("id", ["-u"]))
        let separator = SlurmTable.separator()
        let (queue, time) = await asked(
            "squeue", ["-u", user, "-t", "all", "-o", QueueRow.format(separator)])
        if case .answered(let output, let remarks) = queue {
            let rows = QueueRow.rows(output, separator: separator, user: user)
            let live = rows?.filter { !$0.state.isOver }.count
            let words = live.map { "\($0) jobs of this user wait or run" } ?? "its answer cannot be read"
            note("queue", rows != nil, "\(words); answered within \(time)")
            if !remarks.isEmpty { note("queue", false, "it says beside its answer: \(remarks)") }
        } else {
            note("queue", false, queue.fault ?? "")
        }
        findings += await accounting(user)
        findings += await partitions()
        findings += await places()
        return findings
    }

    private func accounting(_ user: String) async -> [AgentDoctor.Finding] {
        let subject = "slurm accounting"
        if configuration.slurm.accounting == "none" {
            return [
                .init(
                    subject: subject, isGood: true,
                    words: "none, by setting: the wrapper's markers are the record")
            ]
        }
        let (fields, _) = await asked("sacct", ["--helpformat"])
        guard case .answered(let text, _) = fields,
            let known = AccountingRow.Fields(known: String(decoding: text, as: UTF8.self))
        else {
            return [
                .init(
                    subject: subject, isGood: false, words: fields.fault ?? "this sacct lacks needed fields")
            ]
        }
        let (answer, time) = await asked("sacct", ["-u", user, "-S", "now-1hours", "-X", "-o", "JobIDRaw"])
        if answer.fault?.contains("accounting storage is disabled") == true {
            return [
                .init(
                    subject: subject, isGood: true,
                    words: "this site keeps none: the wrapper's markers are the record")
            ]
        }
        let absent = AccountingRow.Fields.welcome.filter { !known.names.contains($0) }
        let without = absent.isEmpty ? "" : "; it knows no \(absent.joined(separator: ", "))"
        return [
            .init(
                subject: subject, isGood: answer.fault == nil,
                words: answer.fault ?? "sacct answered within \(time)\(without)")
        ]
    }

    private func partitions() async -> [AgentDoctor.Finding] {
        let (answer, time) = await asked("scontrol", ["-o", "show", "partition"])
        guard case .answered(let output, _) = answer else {
            return [
                .init(
                    subject: "slurm partitions", isGood: true,
                    words: "may not be asked (\(answer.fault ?? "")): limits are the configured ones")
            ]
        }
        var limits = SiteLimits()
        limits.readPartitions(String(decoding: output, as: UTF8.self))
        let format = "format=Name,MaxWall,MaxSubmitPU"
        if case .answered(let text, _) = await shell.run("sacctmgr", ["-n", "-P", "show", "qos", format]) {
            limits.readQualities(String(decoding: text, as: UTF8.self))
        }
        return configuration.partitions.map { name in
            let place = configuration.slurm.partitions[name] ?? name
            let qos = configuration.slurm.qos[name]
            guard let found = limits.partitions[place] else {
                let known = limits.partitions.keys.sorted().joined(separator: ", ")
                return .init(
                    subject: "slurm partition", isGood: false,
                    words: "\(name): the site has no partition \"\(place)\"; it has \(known)")
            }
            var words =
                "\(name) is \(place)\(qos.map { " with QoS \($0)" } ?? ""), \(found.isUp ? "up" : "takes no jobs now")"
            if let nodes = found.nodes { words += ", \(nodes) nodes a job at most" }
            if let seconds = limits.walltime(partition: place, qos: qos) { words += ", \(seconds) s at most" }
            if let jobs = limits.jobs(partition: place, qos: qos) { words += ", \(jobs) jobs at a time" }
            return .init(
                subject: "slurm partition", isGood: found.isUp, words: "\(words); answered within \(time)")
        }
    }

    /// Whether the commands' host sees the run folders, and whether its clock is ours.
    private func places() async -> [AgentDoctor.Finding] {
        var findings: [AgentDoctor.Finding] = []
        let root = folder.runRootPath
        let (seen, _) = await asked("ls", ["-d", root])
        findings.append(
            .init(
                subject: "slurm folders", isGood: seen.fault == nil,
                words: seen.fault.map { "\(root) is not to be seen where the commands run: \($0)" }
                    ?? "\(root) is to be seen where the commands run"))
        if let kind = MountTable.current().kind(of: root) {
            let shared = MountTable.isShared(kind: kind)
            findings.append(
                .init(
                    subject: "slurm folders", isGood: true,
                    words: shared
                        ? "\(root) is on \(kind), which nodes can share"
                        : "\(root) is on \(kind): right only if all nodes are this host"))
        }
        let before = WallClock().now().seconds
        let (answer, _) = await asked("date", ["+%s"])
        if let theirs = Int64(line(answer)) {
            let skew = theirs - before
            findings.append(
                .init(
                    subject: "slurm clock", isGood: abs(skew) < 60,
                    words: "the clock where the commands run is \(skew) s ahead of this host's"))
        }
        return findings
    }

    private func asked(_ program: String, _ arguments: [String]) async -> (SlurmAnswer, String) {
        let before = WallClock.sinceBoot()
        let answer = await shell.run(program, arguments, variables: ["SLURM_TIME_FORMAT": "%s"])
        return (answer, "\((WallClock.sinceBoot() - before) / 1000) ms")
    }

    private func line(_ answer: SlurmAnswer) -> String {
        guard case .answered(let output, _) = answer else { return "" }
        return SlurmAnswer.words(output)
    }
}
