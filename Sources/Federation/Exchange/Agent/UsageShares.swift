/// §5.6: how a pack's usage is shared among its members.
public enum UsageShares {
    /// Splits a whole number by weights so that the parts add up to it: the largest remainder method, the earlier
    /// member first among equals. Without any weight all members count the same.
    public static func split(_ total: Int64, by weights: [Int64]) -> [Int64] {
        guard !weights.isEmpty else { return [] }
        guard weights.count > 1 else { return [total] }
        let counted = weights.map { max($0, 0) }
        let sum = counted.reduce(Int128(0)) { $0 + Int128($1) }
        let used = sum == 0 ? weights.map { _ in Int64(1) } : counted
        let whole = sum == 0 ? Int128(weights.count) : sum
        var parts: [Int64] = []
        var remainders: [(remainder: Int128, index: Int)] = []
        for (index, weight) in used.enumerated() {
            let (quotient, remainder) = (Int128(total) * Int128(weight)).quotientAndRemainder(
                dividingBy: whole)
            parts.append(Int64(quotient))
            remainders.append((remainder, index))
        }
        remainders.sort { $0.remainder == $1.remainder ? $0.index < $1.index : $0.remainder > $1.remainder }
        var rest = total - parts.reduce(0, +)
        for (_, index) in remainders where rest > 0 {
            parts[index] += 1
            rest -= 1
        }
        return parts
    }

    /// Splits a job's usage run by run, so that the members' seconds add up to the job's.
    public static func split(_ usage: Usage, by weights: [Int64]) -> [Usage] {
        guard weights.count > 1 else { return weights.map { _ in usage } }
        var parts = weights.map { _ in usage }
        for index in parts.indices { parts[index].runs = [] }
        for run in usage.runs {
            for (index, seconds) in split(run.seconds, by: weights).enumerated() where seconds > 0 {
                parts[index].runs.append(.init(start: run.start, seconds: seconds))
            }
        }
        guard usage.elapsedSeconds > 0 else { return parts }
        for index in parts.indices {
            let share = Double(parts[index].elapsedSeconds) / Double(usage.elapsedSeconds)
            parts[index].energyJoules = usage.energyJoules.map { $0 * share }
            parts[index].cpuSeconds = usage.cpuSeconds.map { $0 * share }
        }
        return parts
    }
}
