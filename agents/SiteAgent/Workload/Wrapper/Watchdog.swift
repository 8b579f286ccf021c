import Federation
import Glibc

/// Stands beside the wrapper in a session of its own and ends everything that belongs to the pack when the wrapper is
/// gone, when no heartbeat could be written for too long, and when `mustEndBy` has come. Synchronous: it must work
/// when little else does.
public struct Watchdog {
    private let folder: RunFolder
    private let record: RunRecord
    private let settings: WrapperSettings
    private let clock: WallClock
    private let began: StartMarker

    /// The watchdog of that run folder, whose start marker stands.
    public init(folder: RunFolder) throws {
        self.folder = folder
        guard let record = try folder.record(), let began = try folder.start() else {
            throw UnreadableFile(path: folder.path, reason: "no record or no start marker")
        }
        self.record = record
        self.began = began
        settings = try folder.settings(of: record)
        clock = WallClock(offsetFile: settings.clockOffsetFile)
    }

    /// Watches until the wrapper says that it has finished, or until nothing is left of the pack.
    public func run() {
        var gate = SignalGate([SIGTERM, SIGINT, SIGHUP, SIGPIPE])
        let started = WallClock.sinceBoot()
        let longest = record.offer.resources.walltimeSeconds + record.offer.graceSeconds
        let mustEndBy = began.at.adding(seconds: longest)
        var lastBeat = WallClock.running()
        while true {
            var watched = pollfd(fd: WatchdogLink.beatsDescriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&watched, 1, 500)
            _ = gate.taken()  // nobody but SIGKILL ends a watchdog before its pack
            switch heard(watched) {
            case .finished: return
            case .gone:
                end(.wrapperGone, since: started)
                return
            case .beat: lastBeat = WallClock.running()
            case .nothing: break
            }
            if clock.now() >= mustEndBy || WallClock.sinceBoot() - started > longest * 1_000_000 {
                end(.mustEndBy, since: started)
                return
            }
            if WallClock.running() - lastBeat > settings.silenceSeconds * 1_000_000 {
                end(.silence, since: started)
                return
            }
        }
    }

    private enum Heard { case nothing, beat, finished, gone }

    private func heard(_ watched: pollfd) -> Heard {
        guard watched.revents != 0 else { return .nothing }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(WatchdogLink.beatsDescriptor, &bytes, bytes.count)
        if count == 0 { return .gone }
        guard count > 0 else { return errno == EINTR || errno == EAGAIN ? .nothing : .gone }
        return bytes[0..<count].contains(UInt8(ascii: "f")) ? .finished : .beat
    }

    /// Kills until nothing is left, the wrapper included, and leaves a note unless the wrapper had finished by itself.
    private func end(_ reason: WatchdogNote.Reason, since started: Int64) {
        var ended: Set<ProcessIdentity> = []
        while true {
            let left = ProcessTable.entries(
                instance: record.instance.rawValue, pack: record.offer.pack.rawValue
            )
            .filter { !$0.isWatchdog }
            if left.isEmpty { break }
            for entry in left {
                ended.insert(entry.identity)
                Leftovers.send(SIGKILL, to: entry.identity)
            }
            usleep(50_000)
        }
        if (try? folder.finish()) != nil { return }
        let note = WatchdogNote(
            reason: reason, at: clock.now(), ended: ended.count,
            elapsedSeconds: WallClock.seconds(since: started))
        // The note only makes the report better: without room for it, the heartbeat tells the time.
        try? JSONFile.write(note, to: "\(folder.path)/watchdog.json")
    }
}
