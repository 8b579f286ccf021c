/// The indices of an array: `0-15`, `1,3,5-9`, `0-100:4`, and how many may run at a time: `0-99%10`.
public struct ArrayIndices: Hashable, Sendable {
    /// The indices, in rising order, each once.
    public var values: [Int]
    /// The most that may run at a time, if any.
    public var limit: Int?

    /// Why a text is no array.
    public struct Fault: Error, Hashable, Sendable {
        /// In words.
        public var message: String
    }

    /// The greatest index that Slurm knows.
    public static let greatest = 4_000_000
    /// The most members that an array may have here: as many as a campaign may have tasks.
    public static let most = 1_000_000

    /// Reads the indices; throws where they make no array, or too large a one.
    public init(_ text: String) throws(Fault) {
        let halves = text.split(separator: "%", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { throw Fault(message: "more than one %") }
        if halves.count == 2 {
            guard let number = WholeNumber.read(halves[1]), number > 0 else {
                throw Fault(message: "\"%\(halves[1])\" says no number of members at a time")
            }
            limit = number
        }
        var found: Set<Int> = []
        // Bounded also where ranges repeat each other.
        var named = 0
        for part in halves[0].split(separator: ",", omittingEmptySubsequences: false) {
            let range = try ArrayIndices.range(part)
            named += (range.last - range.first) / range.step + 1
            guard named <= 2 * ArrayIndices.most else { throw ArrayIndices.tooMany }
            found.formUnion(stride(from: range.first, through: range.last, by: range.step))
            guard found.count <= ArrayIndices.most else { throw ArrayIndices.tooMany }
        }
        values = found.sorted()
    }

    private static let tooMany = Fault(message: "more than \(most) members")

    private static func range(_ text: Substring) throws(Fault) -> (first: Int, last: Int, step: Int) {
        let steps = text.split(separator: ":", omittingEmptySubsequences: false)
        let ends = steps[0].split(separator: "-", omittingEmptySubsequences: false)
        guard steps.count <= 2, ends.count <= 2, let first = WholeNumber.read(ends[0]),
            let last = ends.count == 2 ? WholeNumber.read(ends[1]) : first
        else { throw Fault(message: "\"\(text)\" is no index and no range of them") }
        var step = 1
        if steps.count == 2 {
            guard ends.count == 2, let number = WholeNumber.read(steps[1]), number > 0 else {
                throw Fault(message: "\"\(text)\" has no step that could be taken")
            }
            step = number
        }
        guard first <= last else { throw Fault(message: "\"\(text)\" ends before it begins") }
        guard last <= greatest else { throw Fault(message: "\(last) is greater than \(greatest)") }
        return (first, last, step)
    }

    /// The step between neighbours where it is the same everywhere, else 1: what SLURM_ARRAY_TASK_STEP says.
    public var step: Int {
        guard values.count > 1 else { return 1 }
        let step = values[1] - values[0]
        return zip(values, values.dropFirst()).allSatisfy { $1 - $0 == step } ? step : 1
    }

    /// In words that sbatch reads back, ranges put together.
    public var text: String {
        var parts: [String] = []
        var place = 0
        while place < values.count {
            var end = place
            while end + 1 < values.count, values[end + 1] == values[end] + 1 { end += 1 }
            parts.append(end > place ? "\(values[place])-\(values[end])" : "\(values[place])")
            place = end + 1
        }
        return parts.joined(separator: ",") + (limit.map { "%\($0)" } ?? "")
    }
}
