/// The systemd user unit of an agent.
enum SystemdUnit {
    static func text(_ agent: InstalledAgent) -> String {
        let command = agent.command("serve").map(ShellWord.systemd).joined(separator: " ")
        let runsJobs = agent.configuration.launcher == "mpi"
        return """
            # Written by `hansa-agent install --systemd`, removed by `hansa-agent uninstall`.
            [Unit]
            Description=Hansa agent \(agent.identity.agent) of site \(agent.identity.site)
            # A coordinator that is away for days is no reason to give up.
            StartLimitIntervalSec=0

            [Service]
            Type=exec
            ExecStart=\(command)
            Restart=on-failure
            RestartSec=10
            TimeoutStopSec=30
            \(runsJobs ? ownJobs : othersJobs)
            # What a user's own manager can do without namespaces; folders are protected by the user's rights alone.
            UMask=0077
            NoNewPrivileges=yes
            LockPersonality=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            SystemCallArchitectures=native

            [Install]
            WantedBy=default.target

            """
    }

    /// Jobs of the launcher `mpi` live in the unit's control group and inherit what is forbidden to it.
    private static let ownJobs = """
        # Jobs run on this host and outlive the agent: only the agent's own process is ended with the unit.
        KillMode=process
        """

    private static let othersJobs = """
        # Jobs are the batch system's: nothing but the agent and the commands that it calls lives here.
        KillMode=control-group
        MemoryDenyWriteExecute=yes
        RestrictNamespaces=yes
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
        SystemCallFilter=@system-service
        """

    /// Where the user's manager looks for units.
    static func path(_ agent: InstalledAgent, environment: [String: String]) throws(AgentFault) -> String {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            return "\(folder)/systemd/user/\(agent.name).service"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw .cannotInstall(reason: "HOME is not set, so there is no place for a user unit")
        }
        return "\(home)/.config/systemd/user/\(agent.name).service"
    }
}
