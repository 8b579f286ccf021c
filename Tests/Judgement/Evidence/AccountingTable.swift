/// Reads what `sacct -D -P` wrote, with its header: one row a run; the steps' rows are passed over.
enum AccountingTable {
    private static let needed = [
        "JobIDRaw", "JobName", "State", "Submit", "Start", "End", "ElapsedRaw", "Suspended", "AllocTRES",
    ]

    static func read(_ text: String, path: String) throws(Unreadable) -> [AccountingRun] {
        guard text.hasSuffix("\n") else { throw Unreadable(path, "it is empty or cut") }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        let titles = (lines.first ?? "").split(separator: "|", omittingEmptySubsequences: false)
        for title in needed where !titles.contains(Substring(title)) {
            throw Unreadable(path, "no column \(title) in its header")
        }
        var runs: [AccountingRun] = []
        for (index, line) in lines.dropFirst().enumerated() {
            let values = line.split(separator: "|", omittingEmptySubsequences: false)
            let place = "\(path):\(index + 2)"
            guard values.count == titles.count else {
                throw Unreadable(place, "not as many values as titles")
            }
            func get(_ title: String) -> Substring {
                titles.firstIndex(of: Substring(title)).map { values[$0] } ?? ""
            }
            guard !get("JobIDRaw").contains(".") else { continue }
            runs.append(try run(get, place))
        }
        return runs
    }

    private static func run(_ get: (String) -> Substring, _ place: String) throws(Unreadable) -> AccountingRun
    {
        let id = get("JobIDRaw")
        guard !id.isEmpty, id.allSatisfy(\.isNumber) else { throw Unreadable(place, "no job's id: \(id)") }
        guard let elapsed = Int64(get("ElapsedRaw")), elapsed >= 0 else {
            throw Unreadable(place, "ElapsedRaw is \"\(get("ElapsedRaw"))\"")
        }
        guard let suspended = seconds(get("Suspended")) else {
            throw Unreadable(place, "Suspended is \"\(get("Suspended"))\"")
        }
        var moments: [String: Moment] = [:]
        for title in ["Submit", "Start", "End"] {
            let text = get(title)
            if ["", "Unknown", "None", "0"].contains(text) { continue }
            guard let moment = Moment(accounting: text) else {
                throw Unreadable(place, "\(title) is \"\(text)\"")
            }
            moments[title] = moment
        }
        let granted = get("AllocTRES").split(separator: ",").map { $0.split(separator: "=", maxSplits: 1) }
        func amount(_ name: Substring) -> Int64 {
            granted.first { $0.count == 2 && $0[0] == name }.flatMap { Int64($0[1]) } ?? 0
        }
        guard elapsed == 0 || amount("cpu") > 0 else {
            throw Unreadable(place, "it ran, and AllocTRES is \"\(get("AllocTRES"))\"")
        }
        return AccountingRun(
            id: String(id), name: String(get("JobName")),
            state: String(get("State").prefix { $0 != " " && $0 != "+" }), submit: moments["Submit"],
            start: moments["Start"], end: moments["End"], elapsed: elapsed, suspended: suspended,
            nodes: max(amount("node"), elapsed > 0 ? 1 : 0), cores: amount("cpu"))
    }

    /// A duration like `1-02:03:04` or `02:03` in seconds.
    private static func seconds(_ text: Substring) -> Int64? {
        let days = text.split(separator: "-", maxSplits: 1)
        guard let clock = days.last else { return nil }
        var seconds: Int64 = 0
        for part in clock.split(separator: ":", omittingEmptySubsequences: false) {
            guard let value = Int64(part.prefix { $0 != "." }), value >= 0, value < 100_000 else {
                return nil
            }
            seconds = seconds * 60 + value
        }
        guard days.count == 2 else { return seconds }
        return Int64(days[0]).map { $0 * 86_400 + seconds }
    }
}
