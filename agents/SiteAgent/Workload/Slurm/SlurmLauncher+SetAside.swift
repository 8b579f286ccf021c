extension SlurmLauncher {
    /// Between two tries to have such a job looked at again, microseconds.
    private static let releasePause: Int64 = 30_000_000
    /// At most so many in a turn; each is a command of its own.
    private static let releasedAtOnce = 10

    /// Has jobs scheduled again that Slurm has set aside. A job whose turn comes while no node could ever take it, because
    /// nodes are down or changed for a moment, is "never runnable" to Slurm 22.05: its priority is 0 from then on
    /// (`BadConstraints`), also when the nodes are back, and it would wait until it is too late. Its user may not release
    /// it, but any update by its user has it looked at anew (tried on 22.05): here to the name that it has. Where that
    /// helps nothing the queue says so again.
    func releaseSetAside(_ rows: [QueueRow]) async {
        let setAside = rows.filter {
            $0.state.isPending && $0.reason == "BadConstraints" && pack(named: $0.name) != nil
        }
        guard !setAside.isEmpty else { return released.removeAll() }
        let now = WallClock.sinceBoot()
        released = released.filter { now - $0.value < Self.releasePause }
        for row in setAside.filter({ released[$0.job] == nil }).prefix(Self.releasedAtOnce) {
            released[row.job] = now
            _ = await shell.run("scontrol", ["update", "JobId=\(row.job)", "Name=\(row.name)"])
        }
    }
}
