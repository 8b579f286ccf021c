extension SlurmLauncher {
    /// Between two tries to have such a job looked at again, microseconds.
    private static let releasePause: Int64 = 30_000_000
    /// At most so many at a time: a command's words have a length that the system bounds.
    private static let releasedAtOnce = 500

    /// Has jobs scheduled again that Slurm has set aside. A job whose turn comes while its nodes are down is "never
    /// runnable" to Slurm 22.05: its priority is 0 from then on (`BadConstraints`), also when the nodes are back, and it
    /// would wait until it is too late. Its user may release it; where that helps nothing the queue says so again.
    func releaseSetAside(_ rows: [QueueRow]) async {
        let setAside = rows.filter {
            $0.state.isPending && $0.reason == "BadConstraints" && pack(named: $0.name) != nil
        }.map(\.job)
        guard !setAside.isEmpty else { return released.removeAll() }
        let now = WallClock.sinceBoot()
        released = released.filter { now - $0.value < Self.releasePause }
        let due = setAside.filter { released[$0] == nil }.prefix(Self.releasedAtOnce)
        guard !due.isEmpty else { return }
        for job in due { released[job] = now }
        _ = await shell.run("scontrol", ["release", due.joined(separator: ",")])
    }
}
