import Federation
import Glibc
import Logging

extension SiteDriver {
    /// Tells the newest metrics line of running members, thinned; the last one always, before the end is told.
    func tellMetrics(of pack: PackID, _ evidence: PackEvidence) {
        let folder = parts.runRoot.folder(pack)
        let every = parts.configuration.metricsSeconds * 1_000_000
        for (attempt, member) in evidence.members.sorted(by: { $0.key < $1.key }) {
            guard let entry = journal.rules.attempts[attempt], !entry.hasEnded, member.marker != nil else {
                continue
            }
            let now = WallClock.sinceBoot()
            let known = metrics[attempt]
            if member.finish == nil, let known, now - known.at < every { continue }
            guard let line = MetricsTail.lastLine(folder.member(attempt).metrics), line != known?.line else {
                continue
            }
            metrics[attempt] = (line, now)
            journal.rules.tell(.metrics(attempt: attempt, value: line))
            if member.finish != nil { metrics[attempt] = nil }
        }
    }

    /// Writes the report for `status`, at most once a second unless forced.
    func writeReport(force: Bool) {
        let now = WallClock.sinceBoot()
        // The turns that come at once after one another are one to people; the last of them must not be missed.
        isReportDue = !force && now - reportedAt <= 1_000_000
        if isReportDue { return }
        reportedAt = now
        report.at = self.now()
        report.pid = getpid()
        report.capacity = journal.rules.capacity
        report.storageFault = trouble?.description
        report.untold = journal.rules.outbox.count
        report.packs = journal.rules.packs.values.sorted { $0.id < $1.id }.map { pack in
            let names = pack.members.map { key in
                let name = pack.offer?.members.first { $0.attempt == key }?.spec.name
                return name.map { "\(key) \($0)" } ?? "\(key)"
            }
            let states = pack.members.compactMap { journal.rules.attempts[$0] }.map {
                journal.rules.state(of: $0)
            }
            return AgentReport.Pack(
                pack: pack.id, state: states.min { $0.rank < $1.rank } ?? pack.state, job: pack.jobs.last,
                waitingFor: toldReasons[pack.id] ?? pack.waitingReason, members: names)
        }
        // Only for people: a full disk must not make it an error of its own.
        try? JSONFile.replace(report, at: parts.folder.statusPath)
    }
}
