import DrillKit

/// One of Hansa's jobs as a cluster's controller shows it.
struct LiveJob: Sendable {
    var id: String
    var name: String
    /// Slurm's word for its state, in full.
    var state: String
    var reason: String
    /// The node of its batch script; empty while it waits.
    var host: String

    /// All that the controller shows, those that are over as well; nil where it does not answer.
    static func all(_ site: DrillSite) async throws -> [LiveJob]? {
        let answer = try await site.run(
            "squeue", ["-h", "-t", "all", "-o", "%i|%j|%T|%r|%B"], seconds: 10)
        guard answer.exit == 0 else { return nil }
        return answer.output.split(separator: "\n").compactMap { line in
            let words = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 5, words[1].hasPrefix("hansa-") else { return nil }
            return LiveJob(id: words[0], name: words[1], state: words[2], reason: words[3], host: words[4])
        }
    }

    /// Some job in one of those states; where there is none, a task is submitted to make one, and it is waited for.
    static func any(
        _ states: Set<String>, at site: DrillSite, of seed: Seed, seconds: Double,
        _ random: inout SeededRandom
    ) async throws -> LiveJob? {
        let begin = ContinuousClock.now
        var isAsked = false
        repeat {
            let jobs = try await all(site)?.filter { states.contains($0.state) } ?? []
            if !jobs.isEmpty { return jobs[Int.random(in: jobs.indices, using: &random)] }
            if !isAsked, ContinuousClock.now - begin > .seconds(seconds / 5) {
                isAsked = true
                try? await seed.submitAnother(count: 1, site: site.name)
            }
            try await Task.sleep(for: .milliseconds(200))
        } while ContinuousClock.now - begin < .seconds(seconds)
        return nil
    }

    /// Waits until the controller says of that job what is wanted, and answers how it says it.
    func seen(
        at site: DrillSite, _ what: String, seconds: Double = 15, _ isWanted: (LiveJob) -> Bool
    ) async throws -> String {
        try await Patience.until(
            "job \(id) of \(site.name) \(what)", seconds: seconds, every: .milliseconds(150)
        ) {
            guard let row = try await LiveJob.all(site)?.first(where: { $0.id == id }), row.name == name,
                isWanted(row)
            else { return nil }
            return "squeue: job \(id) (\(name)) was \(state), is \(row.state) (\(row.reason))"
        }
    }
}
