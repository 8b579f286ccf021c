import Federation
import Glibc

/// The wrapper's loop over the members whose programs run.
extension PackRun {
    /// Runs all members in their order, as many at a time as the job was made for. What becomes of one leaves the others
    /// alone.
    func runMembers() throws {
        let atOnce = Packing.atOnce(in: record.offer)
        var waiting = record.offer.members[...]
        var running: [MemberRun] = []
        var census = ProcessCensus(self)
        while true {
            // One a round, so that nobody's output or end waits for a long line of starts.
            if running.count < atOnce, let next = waiting.popFirst() {
                if let run = try MemberRun.start(next, of: self) { running.append(run) }
            }
            let isPressed = !noted.isEmpty
            let mayStart = running.count < atOnce && !waiting.isEmpty
            if running.isEmpty {
                if mayStart { continue }
                return
            }
            let pause: Int32 = running.contains(where: \.isHurried) ? 20 : 100
            listen(to: running, milliseconds: mayStart || isPressed ? 0 : pause)
            beat()
            let signals = signals()
            reap(running)
            for run in running { run.look(signals) }
            if let left = census.left(by: running) {
                for run in running where run.isLeaving { try run.end(left[run.attempt] ?? []) }
                running.removeAll(where: \.isOver)
            }
        }
    }

    /// Waits for output, for a child's end or for a signal, and takes what the programs printed.
    private func listen(to running: [MemberRun], milliseconds: Int32) {
        var watched: [pollfd] = [pollfd(fd: gate.file, events: Int16(POLLIN), revents: 0)]
        var owners: [Int] = [0]
        for (index, run) in running.enumerated() {
            for file in run.program.streamFiles {
                watched.append(pollfd(fd: file, events: Int16(POLLIN), revents: 0))
                owners.append(index)
            }
        }
        guard poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return }
        for (entry, owner) in zip(watched, owners).dropFirst() where entry.revents != 0 {
            running[owner].program.take(from: entry.fd)
        }
    }

    /// Reaps every child that has ended: programs, and orphans that came to this process, whose use counts for the member
    /// whose group they were in.
    private func reap(_ running: [MemberRun]) {
        while let child = FileStatus.endedChild() {
            let group = ProcessStatus(pid: child)?.group
            var status: Int32 = 0
            var usage = rusage()
            guard wait4(child, &status, WNOHANG, &usage) == child, child != watchdog?.pid else { continue }
            let owner =
                running.first { $0.program.pid == child || $0.program.pid == group }
                ?? (running.count == 1 ? running.first : nil)
            owner?.program.reaped(child, status: status, usage)
        }
    }

    /// Why a member has to end, or need not begin; nil while it may run.
    func reasonToEnd(_ member: MemberFolder, deadline: Int64) -> MemberFinish.EndedBy? {
        if isCancelled || member.isCancelled { return .cancel }
        if endedBySite { return .site }
        if WallClock.sinceBoot() >= deadline { return .walltime }
        if watchdog?.isGone == true { return .unguarded }
        return nil
    }
}
