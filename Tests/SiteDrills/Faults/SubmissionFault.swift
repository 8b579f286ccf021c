import DrillKit
import Synchronization

/// `sbatch` dies before, while, or after the controller answers it: nobody at the agent knows whether there is a job.
final class SubmissionFault: SiteFault {
    let kind: String
    let isLong = false
    private let moment: SbatchWrapper.Moment
    private let armed = Mutex<SbatchWrapper?>(nil)

    init(_ moment: SbatchWrapper.Moment) {
        self.moment = moment
        kind = "sbatch-\(moment.rawValue)"
    }

    func strike(_ seed: Seed, _ random: inout SeededRandom) async throws -> Landing? {
        let site = seed.sites[Int.random(in: seed.sites.indices, using: &random)]
        guard let controller = try await site.daemons()["slurmctld"],
            let process = HostProcess(pid: controller), !process.isStopped
        else { return nil }
        let wrapper = SbatchWrapper(folder: site.commands)
        let before = wrapper.died().count
        try wrapper.arm(moment, controller: controller, port: site.controllerPort)
        armed.withLock { $0 = wrapper }
        let begin = ContinuousClock.now
        var isAsked = false
        while ContinuousClock.now - begin < .seconds(25) {
            if let line = wrapper.died().dropFirst(before).first { return try await landing(line, at: site) }
            if !isAsked, ContinuousClock.now - begin > .seconds(6) {
                isAsked = true
                try? await seed.submitAnother(count: 1, site: site.name)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        guard wrapper.disarm() else { return nil }
        // Taken at the last moment.
        let line = await Patience.found("the death of sbatch", seconds: 10) {
            wrapper.died().dropFirst(before).first
        }
        guard let line else { return nil }
        return try await landing(line, at: site)
    }

    private func landing(_ line: String, at site: DrillSite) async throws -> Landing? {
        let words = line.split(separator: " ", maxSplits: 5).map(String.init)
        guard words.count == 6, words[0] == moment.rawValue, let pid = Int32(words[1]) else { return nil }
        try await Patience.until("the death of process \(pid)", seconds: 5) {
            HostProcess(pid: pid)?.start != UInt64(words[2])
        }
        guard moment != .while || words[5].hasSuffix("its request lay unread at the controller") else {
            return nil
        }
        var evidence = "pid \(pid) started \(words[2]) gone at \(words[4]): \(words[5])"
        if moment != .before {
            let job = await Patience.found("its job", seconds: 5, every: .milliseconds(200)) {
                try await LiveJob.all(site)?.first { $0.name == words[3] }
            }
            evidence +=
                job.map { "; job \($0.id) of that name is \($0.state)" } ?? "; no job of that name is there"
        }
        return Landing(target: "sbatch of \(site.name) for \(words[3])", pid: pid, evidence: evidence)
    }

    func heal(_ seed: Seed) async throws {
        armed.withLock { wrapper in
            _ = wrapper?.disarm()
            wrapper = nil
        }
    }
}
