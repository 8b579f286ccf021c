import DrillKit
import Glibc
import Synchronization

/// An agent is killed at one of its journalled steps, by the fault point that debug builds have (`FaultPoint`).
final class AgentStepFault: SiteFault {
    /// The driver's steps (`DriverStep`), by what brings an agent there: an exchange, a submission, an end, a job that
    /// never was, a new journal.
    private enum Step: String, CaseIterable {
        case beforeExchange, afterExchange, applied
        case intended, folderMade, started, submitted
        case looked, staged, settled
        case markerTaken
        case scanned
    }

    let kind = "agent-step"
    let isLong = false
    private let hit = Mutex<DrillAgent?>(nil)
    private let wrapper = Mutex<SbatchWrapper?>(nil)

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        let step = Step.allCases[Int.random(in: Step.allCases.indices, using: &random)]
        let agent = site.agent
        guard let process = await agent.process(), !process.isStopped else { return nil }
        hit.withLock { $0 = agent }
        unlink("\(agent.faultPoint).reached")
        try TextFile.write(step.rawValue + "\n", to: "\(agent.faultPoint).new")
        guard rename("\(agent.faultPoint).new", agent.faultPoint) == 0 else { return nil }
        try await provoke(step, seed, site)
        let begin = ContinuousClock.now
        let patience: Double = step == .markerTaken ? 60 : 30
        var isAsked = false
        while ContinuousClock.now - begin < .seconds(patience) {
            if let seen = reached(step, agent) { return seen.landing(site) }
            if !isAsked, ContinuousClock.now - begin > .seconds(5), step != .markerTaken {
                isAsked = true
                try? await seed.submitAnother(count: 1, site: site.name)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        unlink(agent.faultPoint)
        return reached(step, agent)?.landing(site)
    }

    /// Some steps come by themselves so rarely that a drill would wait for them in vain.
    private func provoke(_ step: Step, _ seed: Seed, _ site: DrillSite) async throws {
        switch step {
        case .scanned:
            // An agent reads all its run folders when its journal is new.
            try await site.agent.end()
            JournalFiles(path: site.agent.journalPath).delete()
            try await site.agent.start()
        case .markerTaken:
            // A submission that never was: in the end the agent takes the marker, so that it may say `lost`.
            guard let controller = try await site.daemons()["slurmctld"] else { return }
            let wrapper = SbatchWrapper(folder: site.commands)
            try wrapper.arm(.before, controller: controller, port: site.controllerPort)
            self.wrapper.withLock { $0 = wrapper }
            try? await seed.submitAnother(count: 1, site: site.name)
        default: return
        }
    }

    private struct Reached {
        var step: String
        var pid: Int32
        var line: String

        func landing(_ site: DrillSite) -> Landing {
            Landing(
                target: "agent of \(site.name) at \(step)", pid: pid,
                evidence: "its fault point says \"\(line)\", and that process is gone")
        }
    }

    /// What the fault point left, once the process is gone.
    private func reached(_ step: Step, _ agent: DrillAgent) -> Reached? {
        let line =
            TextFile.read("\(agent.faultPoint).reached").split(separator: "\n").first.map(String.init) ?? ""
        let words = line.split(separator: " ")
        guard words.count == 3, words[0] == step.rawValue else { return nil }
        let identity = words[1].split(separator: ".")
        guard identity.count == 3, let pid = Int32(identity[0]) else { return nil }
        if let process = HostProcess(pid: pid), "\(process.start)" == identity[1] { return nil }
        return Reached(step: step.rawValue, pid: pid, line: line)
    }

    func heal(_ seed: Seed) async throws {
        wrapper.withLock { wrapper in
            _ = wrapper?.disarm()
            wrapper = nil
        }
        guard let agent = hit.withLock({ $0 }) else { return }
        unlink(agent.faultPoint)
        try await agent.start()
        hit.withLock { $0 = nil }
    }
}
