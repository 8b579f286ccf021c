/// A walltime as sbatch takes it: `90`, `90:00`, `1:30:00`, `1-12`, `1-12:30`, `1-12:30:00`.
public enum TimeLimit: Hashable, Sendable {
    /// So many minutes; seconds are rounded up, as sbatch does.
    case minutes(Int64)
    /// `0`, `-1`, `INFINITE` and `UNLIMITED`: as long as the partition lets it.
    case unlimited

    /// Reads a walltime; nil where sbatch takes it for none.
    public init?(_ text: String) {
        if ["-1", "infinite", "unlimited"].contains(text.lowercased()) {
            self = .unlimited
            return
        }
        let halves = text.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return nil }
        var seconds: Int64
        if halves.count == 2 {
            guard let days = TimeLimit.number(halves[0]) else { return nil }
            seconds = days * 86_400
            if !halves[1].isEmpty {
                guard let parts = TimeLimit.parts(halves[1]) else { return nil }
                for (part, weight) in zip(parts, [3600, 60, 1] as [Int64]) { seconds += part * weight }
            }
        } else {
            guard let parts = TimeLimit.parts(halves[0]) else { return nil }
            let weights: [Int64] = parts.count == 3 ? [3600, 60, 1] : [60, 1]
            seconds = 0
            for (part, weight) in zip(parts, weights) { seconds += part * weight }
        }
        self = seconds == 0 ? .unlimited : .minutes((seconds + 59) / 60)
    }

    /// The limit in words that sbatch reads back: `1-12:30:00`.
    public var text: String {
        guard case .minutes(let minutes) = self else { return "UNLIMITED" }
        let (days, rest) = minutes.quotientAndRemainder(dividingBy: 1440)
        let clock = "\(TimeLimit.two(rest / 60)):\(TimeLimit.two(rest % 60)):00"
        return days > 0 ? "\(days)-\(clock)" : clock
    }

    private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func parts(_ text: Substring) -> [Int64]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 3 else { return nil }
        let numbers = parts.compactMap(number)
        return numbers.count == parts.count ? numbers : nil
    }

    /// Up to eight digits: more would be longer than any machine stands.
    private static func number(_ text: Substring) -> Int64? {
        WholeNumber.read(text, digits: 8).map(Int64.init)
    }
}
