import Federation

/// `hansa-agent uninstall`: takes away what `install` wrote and, if wanted, everything else of the agent.
public struct Departure: Sendable {
    private let folder: AgentFolder
    private let configuration: AgentConfiguration

    /// The departure of the agent with those settings.
    public init(_ configuration: AgentConfiguration) {
        folder = AgentFolder(path: configuration.folder)
        self.configuration = configuration
    }

    /// Leaves; answers lines for people. Refused while attempts are unsettled or events untold, unless forced: what is
    /// then purged cannot be accounted for any more. Refused always while another process has the journal.
    public func leave(force: Bool, purge: Bool) async throws -> [String] {
        let identity = try folder.identity()
        let installed = try InstallRecord.standing(in: folder)
        try check(identity, installed, force: force)
        var lines: [String] = []
        if let installed {
            lines += try await remove(installed)
            try Folder.remove(InstallRecord.path(in: folder))
        } else {
            lines.append("nothing was installed")
        }
        lines += purge ? try self.purge() : remains()
        lines.append(
            "a manager ends its certificate with: hansa admin agent revoke \(identity.agent)")
        return lines
    }

    private var journalPath: String {
        configuration.journalFolder.map { "\($0)/journal.sqlite" } ?? folder.journalPath
    }

    private func check(_ identity: AgentIdentity, _ installed: InstallRecord?, force: Bool) throws {
        guard DurableFile.exists(journalPath) else { return }
        let store: JournalStore
        do {
            store = try JournalStore(
                path: journalPath, agent: identity.agent, instance: identity.instance,
                mayBeShared: configuration.sharedJournal)
        } catch AgentFault.journalInUse {
            throw AgentFault.cannotLeave(reason: "it runs; \(Self.stop(installed))")
        }
        defer { store.close() }
        let contents = try store.load()
        let open = contents.attempts.filter { $0.state != .settled }.map(\.key).sorted()
        guard !force, !open.isEmpty || !contents.outbox.isEmpty else { return }
        var words = "\(open.count) attempts are not settled"
        if !open.isEmpty { words += " (\(open.prefix(5).map(\.description).joined(separator: ", ")))" }
        if !contents.outbox.isEmpty { words += ", \(contents.outbox.count) events are not told" }
        throw AgentFault.cannotLeave(
            reason:
                "\(words). `hansa-agent drain`, let it run until `hansa-agent status` shows none, and come back; "
                + "--force leaves now, and a manager has to write off what it held")
    }

    private static func stop(_ installed: InstallRecord?) -> String {
        switch installed?.way {
        case .systemd?: "stop it first: systemctl --user disable --now \(installed?.name ?? "")"
        case .cron?: "its cycle ends within minutes: try again then"
        case .job?: "its cycle ends within minutes: try again then, or end its job first"
        case nil: "stop it first (SIGTERM); its jobs go on"
        }
    }

    private func remove(_ installed: InstallRecord) async throws -> [String] {
        if let path = installed.path {
            try Folder.remove(path)
            var lines = ["removed \(path)"]
            switch installed.way {
            case .systemd: lines.append("now: systemctl --user daemon-reload")
            case .job: lines += AgentJobScript.leavingHints(name: installed.name)
            case .cron: break
            }
            return lines
        }
        var table = try await CronCommand.read()
        guard table.remove(installed.name) else { return ["the crontab had no line of it any more"] }
        try await CronCommand.write(table)
        return ["removed its line from the crontab"]
    }

    /// What the agent made in its folder, keys and identity last: a purge that was cut short can be repeated.
    private static let made = [
        "runs", "store", "cache", "once.lock", "once.log", "agent-job.log", "drain", "house-kept",
        "journal-worked", "journal-failed",
        "status.json",
        "journal.sqlite", "journal.sqlite-journal", "certificate.pem", "key.pem", "signing-key.pem",
        "authority.pem", "identity.json",
    ]

    private func remains() -> [String] {
        let runs = Folder.entries(folder.runRootPath).filter { $0 != "run-root.json" }.count
        return [
            "left: \(runs) run folders with \(FolderSize.bytes(of: folder.runRootPath) >> 20) MiB in \(folder.runRootPath)",
            "left: the journal \(journalPath), and keys and identity in \(folder.path)",
            "`hansa-agent uninstall --purge` removes them; `install` takes the agent up again as it is",
        ]
    }

    private func purge() throws -> [String] {
        if journalPath != folder.journalPath {
            for end in ["", "-journal"] { try Folder.remove(journalPath + end) }
        }
        for name in Self.made { try Folder.remove("\(folder.path)/\(name)") }
        let others = Folder.entries(folder.path)
        guard others.isEmpty else {
            return [
                "removed all of the agent in \(folder.path); not its own, and left: \(others.joined(separator: ", "))"
            ]
        }
        try Folder.remove(folder.path)
        return ["removed \(folder.path)"]
    }
}
