import DrillKit
import Glibc
import Synchronization

/// The same agent runs twice: a second process with the same folder (as on a second login node), and a copy of the
/// journal on that node's own disk.
final class SecondAgentFault: SiteFault {
    let kind = "agent-twice"
    let isLong = false
    private let hit = Mutex<ChildProcess?>(nil)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let agent = site.agent
        guard let first = await agent.process(), !first.isStopped else { return nil }
        let folder = "\(seed.folder)/second-\(site.name)-\(UInt32.random(in: 0...(.max), using: &random))"
        mkdir(folder, 0o700)
        let journal = JournalFiles(path: "\(folder)/journal.sqlite")
        guard try await JournalFiles(path: agent.journalPath).copy(to: journal, while: first) else {
            return nil
        }
        let log = "\(folder)/agent.log"
        let child = try ChildProcess(
            try Programs.path("hansa-agent"),
            [
                "serve", "--folder", agent.folder, "--config", agent.config, "--set",
                "journalFolder=\(folder)",
            ], output: log)
        hit.withLock { $0 = child }
        guard let second = HostProcess(pid: child.pid) else { return nil }
        // Whichever comes later learns that the other has spoken; the first one's log is the other place to look.
        let words = "another journal has spoken for this agent"
        let known = TextFile.read(agent.log).components(words)
        try await Patience.until("one of two agents is told of the other", seconds: 20) {
            first.isAlive && second.isAlive
                && (TextFile.read(log).components(words) > 1
                    || TextFile.read(agent.log).components(words) > known)
        }
        return Landing(
            target: "agent of \(site.name)", pid: child.pid,
            evidence: "\(first.identity) and \(second.identity) both live; log: \(words)")
    }

    func heal(_ seed: Seed) async throws {
        guard let child = hit.withLock({ $0 }) else { return }
        child.send(SIGKILL)
        _ = try await child.end(seconds: 10)
        hit.withLock { $0 = nil }
    }
}

extension String {
    /// How many parts those words cut the text into: one more than how often they stand in it.
    fileprivate func components(_ words: String) -> Int {
        split(separator: words, omittingEmptySubsequences: false).count
    }
}
