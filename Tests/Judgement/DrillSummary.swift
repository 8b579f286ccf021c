import FoundationEssentials

/// What many seeds came to: `summary.json`.
public struct DrillSummary: Codable, Sendable, Equatable {
    /// Drills: faults drawn.
    public var runs = 0
    /// Drills whose effect was seen.
    public var landed = 0
    /// Tasks lost.
    public var lost = 0
    /// Programs that ran twice.
    public var ranTwice = 0
    /// Holds that were not covered.
    public var overspent = 0
    /// Charges and books that are wrong.
    public var ledgerMismatch = 0
    /// Wrong records of Slurm's.
    public var siteRecordWrong = 0
    /// Costs above their holds.
    public var overrun = 0
    /// Seeds.
    public var seeds = 0
    /// Seeds that could not be judged.
    public var unjudged = 0
    /// Drills by kind of fault.
    public var byFault: [String: FaultCount] = [:]
    /// Seconds from the first seed's beginning to the last one's end.
    public var seconds = 0.0

    enum CodingKeys: String, CodingKey {
        case runs, landed, lost, overspent, overrun, seeds, unjudged, seconds
        case ranTwice = "ran_twice"
        case ledgerMismatch = "ledger_mismatch"
        case siteRecordWrong = "site_record_wrong"
        case byFault = "by_fault"
    }

    /// Whether every seed was judged and nothing speaks against any.
    public var acquits: Bool { [lost, ranTwice, overspent, ledgerMismatch, unjudged].allSatisfy { $0 == 0 } }

    /// Sums the verdicts that stand in those folders, and tells of those that could not be read.
    public static func sum(folders: [String]) -> (summary: DrillSummary, unreadable: [Unreadable]) {
        var summary = DrillSummary()
        var unreadable: [Unreadable] = []
        var times: [Double] = []
        for folder in folders {
            summary.seeds += 1
            do throws(Unreadable) {
                summary.add(try verdict(in: folder))
                times += try SeedFolder(path: folder).timeline().map(\.at)
            } catch {
                summary.unjudged += 1
                unreadable.append(error)
            }
        }
        if let from = times.min(), let to = times.max() {
            summary.seconds = ((to - from) * 10).rounded() / 10
        }
        return (summary, unreadable)
    }

    private static func verdict(in folder: String) throws(Unreadable) -> Verdict {
        let path = "\(folder)/verdict.json"
        do {
            return try JSONDecoder().decode(Verdict.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw Unreadable(path, "\(error)")
        }
    }

    private mutating func add(_ verdict: Verdict) {
        runs += verdict.runs
        landed += verdict.landed
        lost += verdict.lost.count
        ranTwice += verdict.ranTwice.count
        overspent += verdict.overspent.count
        ledgerMismatch += verdict.ledgerMismatch.count
        siteRecordWrong += verdict.siteRecordWrong.count
        overrun += verdict.overrun.count
        for (kind, count) in verdict.byFault {
            byFault[kind, default: FaultCount()].runs += count.runs
            byFault[kind, default: FaultCount()].landed += count.landed
        }
    }
}
