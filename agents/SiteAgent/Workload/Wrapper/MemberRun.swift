import Federation
import Glibc

/// One member of a pack while its program runs: stands by it beside the others, and leaves its finish marker when
/// nothing of it is left. It never waits: the pack's own loop does, for all of them.
final class MemberRun {
    /// Where it stands.
    private enum Phase {
        /// Its program runs.
        case running
        /// The program was ended by a signal, and the site's own to the wrapper may be about to come.
        case asking(until: Int64)
        /// The program is gone; what it left is being ended.
        case leaving(since: Int64)
        /// Its finish marker stands.
        case over
    }

    private let member: Offer.Member
    private let pack: PackRun
    private let folder: MemberFolder
    /// Its program.
    let program: ProgramProcess
    private let startedAt: Instant
    private let began: Int64
    private let killsBefore: Int64?
    private let deadline: Int64
    private let signalAt: Int64
    private var signalled: Bool
    private var stall: StallWatch?
    private var phase = Phase.running
    private var endedBy: MemberFinish.EndedBy?
    private var killAt = Int64.max
    /// What it left and was told to end.
    private var leftovers: Set<ProcessIdentity> = []

    /// Takes the member's marker and starts its program. Nil where there is nothing to stand by: an empty slot, no time
    /// left, or a program that cannot be started; all but the first have their finish marker then.
    static func start(_ member: Offer.Member, of pack: PackRun) throws -> MemberRun? {
        let folder = pack.folder.member(member.attempt)
        let now = pack.clock.now()
        var marker: StartMarker?
        try pack.waitingForRoom {
            marker = try StartMarker(
                job: pack.jobName, run: pack.runID, host: pack.hostName, at: now
            ).take(in: folder.path)
        }
        guard marker?.run == pack.runID else { return nil }  // the agent's: an empty slot
        func write(_ finish: MemberFinish) throws { try pack.waitingForRoom { try folder.write(finish) } }
        pack.noteSignals()
        if let reason = pack.reasonToEnd(folder, deadline: pack.packDeadline) {
            try write(MemberFinish.withoutRun(at: now, endedBy: reason))
            return nil
        }
        let runRoot = Folder.parent(of: pack.folder.path)
        let resume = ResumePoint.find(for: member.attempt, runRoot: runRoot)
        let killsBefore = MemoryKills.count()
        let began = WallClock.sinceBoot()
        do {
            let command = try ProgramCommand(
                member: member, folder: folder, record: pack.record, settings: pack.settings, resume: resume,
                base: pack.environment, isRoot: getuid() == 0)
            let program = try ProgramProcess(command, folder: folder, settings: pack.settings)
            // Not before: the program would wait for the disk, and a heartbeat that fails only says so to the watchdog.
            pack.beat()
            // For people only: neither the program nor its fate waits for it.
            try? folder.write(
                LaunchNote(
                    at: now, command: [command.executable] + command.arguments, resume: resume,
                    cpus: pack.confinedTo))
            return MemberRun(
                member, of: pack, folder, program, startedAt: now, began: began, killsBefore: killsBefore)
        } catch let fault as ProgramCommand.Fault {
            try write(MemberFinish.withoutRun(at: now, endedBy: .itself, launchFault: fault.words))
        } catch let fault as FileFault {
            try write(MemberFinish.withoutRun(at: now, endedBy: .itself, launchFault: "\(fault)"))
        }
        return nil
    }

    private init(
        _ member: Offer.Member, of pack: PackRun, _ folder: MemberFolder, _ program: ProgramProcess,
        startedAt: Instant, began: Int64, killsBefore: Int64?
    ) {
        self.member = member
        self.pack = pack
        self.folder = folder
        self.program = program
        self.startedAt = startedAt
        self.began = began
        self.killsBefore = killsBefore
        let own = WallClock.sinceBoot() + member.spec.resources.walltimeSeconds * 1_000_000
        deadline = min(own, pack.packDeadline)
        signalAt = deadline - member.spec.signalSecondsBeforeEnd * 1_000_000
        signalled = member.spec.signalSecondsBeforeEnd <= 0
        stall = StallWatch(member.spec, folder, now: WallClock.running())
    }

    /// The attempt.
    var attempt: AttemptKey { member.attempt }
    /// Whether its finish marker stands.
    var isOver: Bool { if case .over = phase { true } else { false } }
    /// Whether its program is gone, and only what it left keeps its finish marker from being written.
    var isLeaving: Bool { if case .leaving = phase { true } else { false } }
    /// Whether it is to be looked at again in a moment.
    var isHurried: Bool { if case .running = phase { false } else { true } }

    /// Looks after the program, with the signals that the wrapper got since the last look.
    func look(_ signals: Set<Int32>) {
        let now = WallClock.sinceBoot()
        switch phase {
        case .running where program.end == nil: standBy(signals, now)
        case .running:
            if endedBy != nil {
                phase = .leaving(since: now)
            } else {
                phase = .asking(until: now + (wasSignalled ? 500_000 : 0))
                ask(now)
            }
        case .asking: ask(now)
        case .leaving, .over: break
        }
    }

    /// Brings the program's end about when it has to be.
    private func standBy(_ signals: Set<Int32>, _ now: Int64) {
        if !signalled, now >= signalAt || signals.contains(SIGUSR1) {
            signalled = true
            signalEnd()
        }
        let isStalled =
            stall?.isStalled(outputBytes: program.outputBytes, now: WallClock.running()) ?? false
        if endedBy == nil,
            let reason = pack.reasonToEnd(folder, deadline: deadline) ?? (isStalled ? .stalled : nil)
        {
            endedBy = reason
            killAt = now + pack.settings.killSeconds * 1_000_000
            program.send(SIGTERM)
            program.send(SIGCONT)
        }
        if now >= killAt {
            program.send(SIGKILL)
            Leftovers.signal(
                SIGKILL, instance: pack.record.instance.rawValue, pack: pack.record.offer.pack.rawValue,
                attempt: attempt.description)
        }
    }

    /// Whether the site ended the whole job: a batch system signals every process of it at once, and the program may be
    /// gone before this process has looked for its own signal.
    private func ask(_ now: Int64) {
        guard case .asking(let until) = phase else { return }
        let isFailure = program.end.map { $0.exit != 0 && $0.exit != 85 } ?? false
        if isFailure, pack.endedBySite {
            endedBy = .site
        } else if isFailure, now < until {
            return
        } else {
            endedBy = .itself
        }
        phase = .leaving(since: now)
    }

    private var wasSignalled: Bool { program.end?.signal != nil || (program.end?.exit ?? 0) > 128 }

    /// Says that the walltime is ending, in the way that the task asked for.
    private func signalEnd() {
        let number = member.spec.script?.signal ?? SIGUSR1
        if member.spec.script?.signalsChildren == true {
            program.sendToChildren(number)
        } else {
            program.sendToFirst(number)
        }
    }

    /// Ends what the program left behind; without any, the finish marker is written. What is left gets a moment to end by
    /// itself, because a shell's last child is often just late.
    func end(_ left: Set<ProcessIdentity>) throws {
        guard case .leaving(let since) = phase else { return }
        if left.isEmpty { return try finish() }
        let waited = WallClock.sinceBoot() - since
        for process in left where waited > 200_000 {
            let isNew = leftovers.insert(process).inserted
            if waited > 2_000_000 {
                Leftovers.send(SIGKILL, to: process)
            } else if isNew {
                Leftovers.send(SIGTERM, to: process)
            }
        }
    }

    private func finish() throws {
        program.finish()
        let who = endedBy ?? .itself
        let named = who == .itself ? LogVerdict.read(member.spec, folder, exit: program.end?.exit) : nil
        let finish = MemberFinish(
            exit: program.end?.exit, signal: program.end?.signal, startedAt: startedAt,
            endedAt: pack.clock.now(), endedBy: who, launchFault: nil,
            memoryKills: (MemoryKills.count() ?? 0) > (killsBefore ?? 0), cpuSeconds: program.cpuSeconds,
            maximumResidentBytes: program.maximumResidentBytes, leftovers: leftovers.count,
            elapsedSeconds: WallClock.seconds(since: began), named: named)
        try pack.waitingForRoom { try folder.write(finish) }
        phase = .over
    }
}
