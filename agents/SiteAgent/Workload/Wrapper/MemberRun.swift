import Federation
import Glibc

/// One member of a pack: starts its program, stands by it, and leaves its finish marker when nothing of it is left.
struct MemberRun {
    private let member: Offer.Member
    private let pack: PackRun
    private let folder: MemberFolder

    init(_ member: Offer.Member, of pack: PackRun) {
        self.member = member
        self.pack = pack
        folder = pack.folder.member(member.attempt)
    }

    func run() throws {
        let now = pack.clock.now()
        var marker: StartMarker?
        try pack.waitingForRoom {
            marker = try StartMarker(
                job: pack.jobName, run: pack.runID, host: pack.hostName, at: now
            ).take(in: folder.path)
        }
        guard marker?.run == pack.runID else { return }  // the agent's: an empty slot
        _ = pack.signals()
        if let reason = reasonToEnd(deadline: pack.packDeadline) {
            try write(MemberFinish.withoutRun(at: now, endedBy: reason))
            return
        }
        let runRoot = Folder.parent(of: pack.folder.path)
        let resume = ResumePoint.find(for: member.attempt, runRoot: runRoot)
        let killsBefore = MemoryKills.count()
        let began = WallClock.sinceBoot()
        let program: ProgramProcess
        do {
            let command = try ProgramCommand(
                member: member, folder: folder, record: pack.record, settings: pack.settings, resume: resume,
                base: pack.environment, isRoot: getuid() == 0)
            program = try ProgramProcess(command, folder: folder, settings: pack.settings)
            // Not before: the program would wait for the disk, and a heartbeat that fails only says so to the watchdog.
            pack.beat()
            // For people only: neither the program nor its fate waits for it.
            try? folder.write(
                LaunchNote(
                    at: now, command: [command.executable] + command.arguments, resume: resume,
                    cpus: pack.confinedTo))
        } catch let fault as ProgramCommand.Fault {
            try write(MemberFinish.withoutRun(at: now, endedBy: .itself, launchFault: fault.words))
            return
        } catch let fault as FileFault {
            try write(MemberFinish.withoutRun(at: now, endedBy: .itself, launchFault: "\(fault)"))
            return
        }
        let endedBy = standBy(program)
        let leftovers = endLeftovers(program)
        program.finish()
        let named = endedBy == .itself ? LogVerdict.read(member.spec, folder, exit: program.end?.exit) : nil
        let killsAfter = MemoryKills.count()
        try write(
            MemberFinish(
                exit: program.end?.exit, signal: program.end?.signal, startedAt: now,
                endedAt: pack.clock.now(),
                endedBy: endedBy, launchFault: nil, memoryKills: (killsAfter ?? 0) > (killsBefore ?? 0),
                cpuSeconds: program.cpuSeconds, maximumResidentBytes: program.maximumResidentBytes,
                leftovers: leftovers, elapsedSeconds: WallClock.seconds(since: began), named: named))
    }

    private func write(_ finish: MemberFinish) throws {
        try pack.waitingForRoom { try folder.write(finish) }
    }

    /// Waits for the program's end; brings it about when it has to be. Returns who ended it.
    private func standBy(_ program: ProgramProcess) -> MemberFinish.EndedBy {
        let own = WallClock.sinceBoot() + member.spec.resources.walltimeSeconds * 1_000_000
        let deadline = min(own, pack.packDeadline)
        let signalAt = deadline - member.spec.signalSecondsBeforeEnd * 1_000_000
        var signalled = member.spec.signalSecondsBeforeEnd <= 0
        var endedBy: MemberFinish.EndedBy?
        var killAt = Int64.max
        var stall = StallWatch(member.spec, folder, now: WallClock.running())
        while program.end == nil {
            program.drain(milliseconds: 100)
            pack.beat()
            let signals = pack.signals()
            program.reap(except: pack.watchdog?.pid ?? 0)
            let now = WallClock.sinceBoot()
            if !signalled, now >= signalAt || signals.contains(SIGUSR1) {
                signalled = true
                signalEnd(of: program)
            }
            let isStalled =
                stall?.isStalled(outputBytes: program.outputBytes, now: WallClock.running()) ?? false
            if endedBy == nil, let reason = reasonToEnd(deadline: deadline) ?? (isStalled ? .stalled : nil) {
                endedBy = reason
                killAt = now + pack.settings.killSeconds * 1_000_000
                program.send(SIGTERM)
                program.send(SIGCONT)
            }
            if now >= killAt {
                program.send(SIGKILL)
                Leftovers.signal(
                    SIGKILL, instance: pack.record.instance.rawValue, pack: pack.record.offer.pack.rawValue)
            }
        }
        return endedBy ?? (endedWithTheJob(program) ? .site : .itself)
    }

    /// Whether the site ended the whole job: a batch system signals every process of it at once, and the program may be
    /// gone before this process has looked for its own signal.
    private func endedWithTheJob(_ program: ProgramProcess) -> Bool {
        guard let end = program.end, end.exit != 0, end.exit != 85 else { return false }
        let wasSignalled = end.signal != nil || (end.exit ?? 0) > 128
        let until = WallClock.sinceBoot() + (wasSignalled ? 500_000 : 0)
        repeat {
            _ = pack.signals()
            if pack.endedBySite { return true }
            if wasSignalled { program.drain(milliseconds: 20) }
        } while WallClock.sinceBoot() < until
        return false
    }

    /// Says that the walltime is ending, in the way that the task asked for.
    private func signalEnd(of program: ProgramProcess) {
        let number = member.spec.script?.signal ?? SIGUSR1
        if member.spec.script?.signalsChildren == true {
            program.sendToChildren(number)
        } else {
            program.sendToFirst(number)
        }
    }

    private func reasonToEnd(deadline: Int64) -> MemberFinish.EndedBy? {
        if pack.isCancelled || folder.isCancelled { return .cancel }
        if pack.endedBySite { return .site }
        if WallClock.sinceBoot() >= deadline { return .walltime }
        if pack.watchdog?.isGone == true { return .unguarded }
        return nil
    }

    /// Ends what the program left behind: by its environment, and whatever has become this process's child.
    /// They get a moment to end by themselves, because a shell's last child is often just late.
    private func endLeftovers(_ program: ProgramProcess) -> Int {
        let guardian = pack.watchdog?.pid ?? 0
        var seen: Set<ProcessIdentity> = []
        let began = WallClock.sinceBoot()
        while true {
            program.drain(milliseconds: 0)
            program.reap(except: guardian)
            var left = Set(
                ProcessTable.entries(
                    instance: pack.record.instance.rawValue, pack: pack.record.offer.pack.rawValue
                ).filter { !$0.isWatchdog && !$0.isWrapper }.map(\.identity))
            left.formUnion(ProcessTable.descendants(of: getpid()).filter { $0.pid != guardian })
            if left.isEmpty { return seen.count }
            let waited = WallClock.sinceBoot() - began
            for process in left where waited > 200_000 {
                let isNew = seen.insert(process).inserted
                if waited > 2_000_000 {
                    Leftovers.send(SIGKILL, to: process)
                } else if isNew {
                    Leftovers.send(SIGTERM, to: process)
                }
            }
            pack.beat()
            program.drain(milliseconds: 50)
        }
    }
}
