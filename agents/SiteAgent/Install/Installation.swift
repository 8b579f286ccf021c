import Federation

/// `hansa-agent install`: writes what keeps the agent running, with the rights of its user.
public struct Installation: Sendable {
    private let folder: AgentFolder
    private let configuration: AgentConfiguration
    private let flags: [String]
    private let job: JobModeSettings
    private let environment: [String: String]

    /// The installation of the enrolled agent with those settings. `flags` are what gives a command these settings.
    /// `environment` chooses the place of a user unit.
    public init(
        _ configuration: AgentConfiguration, flags: [String], job: JobModeSettings = .init(),
        environment: [String: String]? = nil
    ) {
        folder = AgentFolder(path: configuration.folder)
        self.configuration = configuration
        self.flags = flags
        self.job = job
        self.environment = environment ?? HostCalls.environment()
    }

    /// What would be written. Throws words where the agent is not enrolled or a path cannot be written down.
    public func plan(_ way: InstallWay) throws -> InstallPlan {
        let agent = InstalledAgent(
            identity: try folder.identity(), folder: folder, configuration: configuration,
            executable: InternalCommands.executable, flags: flags)
        let words = agent.command("once") + [folder.path]
        if let word = words.first(where: { $0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }) {
            throw AgentFault.cannotInstall(
                reason: "\"\(word)\" holds a line end or another control character")
        }
        var plan: InstallPlan
        switch way {
        case .systemd:
            plan = InstallPlan(
                way: way, path: try SystemdUnit.path(agent, environment: environment),
                text: SystemdUnit.text(agent), next: Self.systemdHints(agent))
        case .cron:
            let path = environment["PATH"] ?? "/usr/bin:/bin"
            let flock = ProgramSearch.find("flock", folders: [], path: path)
            plan = InstallPlan(
                way: way, path: nil, text: CronTable.line(agent, flock: flock) + "\n",
                next: [
                    "it starts by itself within five minutes; see `hansa-agent status` then",
                    "what goes wrong is written to \(folder.path)/once.log",
                    "ask the site whether cron is allowed on this host: some clear crontabs of login nodes",
                ])
        case .job:
            try checkJournal()
            plan = InstallPlan(
                way: way, path: "\(folder.path)/\(agent.name).job", text: AgentJobScript.text(agent, job),
                next: AgentJobScript.hints(agent, job)
                    + ["every node that it may run on has to see \(folder.path) and \(agent.executable)"])
        }
        let variables = environment.keys.filter { $0.hasPrefix("HANSA_AGENT_") }.sorted()
        if !variables.isEmpty {
            plan.next.append(
                "not carried over: \(variables.joined(separator: ", ")); put these settings into the --config file"
            )
        }
        return plan
    }

    /// Jobs run on any node, so their journal has to lie where all nodes see it, by its owner's word.
    private func checkJournal() throws(AgentFault) {
        let place = configuration.journalFolder ?? folder.path
        guard let kind = MountTable.current().kind(of: place), MountTable.isShared(kind: kind),
            !configuration.sharedJournal
        else { return }
        throw .cannotInstall(
            reason:
                "the journal would lie on \(kind), which all nodes see: right for --job, where never two run at "
                + "once; say so with the setting `sharedJournal: true`")
    }

    /// Writes it; again with the same settings it changes nothing. Throws words where another way is installed.
    public func install(_ way: InstallWay) async throws -> InstallPlan {
        let plan = try plan(way)
        if let standing = try InstallRecord.standing(in: folder), standing.way != way {
            throw AgentFault.cannotInstall(
                reason: "it is installed by --\(standing.way.rawValue) already; `hansa-agent uninstall` first"
            )
        }
        let identity = try folder.identity()
        let name = "hansa-agent-\(identity.agent)-\(identity.instance)"
        // The record first: what is written without one would stay behind.
        try JSONFile.write(
            InstallRecord(way: way, name: name, path: plan.path, at: WallClock().now()),
            to: InstallRecord.path(in: folder))
        if let path = plan.path {
            try Folder.make(Folder.parent(of: path))
            try DurableFile.write(Array(plan.text.utf8), to: path, mode: way == .job ? 0o700 : 0o600)
        } else {
            var table = try await CronCommand.read()
            table.install(name, line: String(plan.text.dropLast()))
            try await CronCommand.write(table)
        }
        return plan
    }

    private static func systemdHints(_ agent: InstalledAgent) -> [String] {
        [
            "start it:  systemctl --user daemon-reload && systemctl --user enable --now \(agent.name)",
            "its log:   journalctl --user -u \(agent.name)",
            "lingering: loginctl enable-linger    (once)",
            "           Without it systemd ends the agent when your last session ends, and starts it at your next "
                + "login. Jobs go on meanwhile, but nobody tells the coordinator.",
            "           Where the site does not allow it, use --cron or --job.",
        ]
    }
}
