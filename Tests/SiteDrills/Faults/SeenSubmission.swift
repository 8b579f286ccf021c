import DrillKit

/// A call of `sbatch` that a site's wrapper of it wrote down.
struct SeenSubmission: Sendable {
    var site: DrillSite
    /// When it ended, seconds of the wall clock.
    var at: Double
    var exit: Int32
    /// The job's id; `-` where none was told.
    var job: String
    var name: String

    /// All of a site so far, in order.
    static func all(_ site: DrillSite) -> [SeenSubmission] {
        TextFile.read(SbatchWrapper(folder: site.commands).log).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let at = Double(words[0]), let exit = Int32(words[1]) else { return nil }
            return SeenSubmission(site: site, at: at, exit: exit, job: words[2], name: words[3])
        }
    }

    /// The next one that made a job, at whatever site; where none comes by itself, a task is submitted to make one at
    /// `site`. Nil where there is none within that time.
    static func next(_ seed: Seed, site: DrillSite, seconds: Double) async throws -> SeenSubmission? {
        let known = seed.sites.map { all($0).count }
        let begin = ContinuousClock.now
        var isAsked = false
        while ContinuousClock.now - begin < .seconds(seconds) {
            for (index, site) in seed.sites.enumerated() {
                let new = all(site).dropFirst(known[index])
                if let made = new.first(where: { $0.exit == 0 && $0.job != "-" }) { return made }
            }
            if !isAsked, ContinuousClock.now - begin > .seconds(seconds / 3) {
                isAsked = true
                try? await seed.submitAnother(count: 1, site: site.name)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }
}
