/// What names an attempt everywhere: the task and the fence.
public struct AttemptKey: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// The task that is attempted.
    public let task: TaskID
    /// The task's counter for this attempt.
    public let fence: Fence

    /// The attempt of that task with that fence.
    public init(task: TaskID, fence: Fence) {
        self.task = task
        self.fence = fence
    }

    /// Reads the form `task.generation.counter`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let fence = Fence(parts.suffix(2).joined(separator: ".")),
            let task = TaskID(parts.dropLast(2).joined(separator: "."))
        else { return nil }
        self.init(task: task, fence: fence)
    }

    /// Reads the form `task.generation.counter` from a JSON string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let key = AttemptKey(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "an attempt is named task.generation.counter, not \"\(text)\"")
        }
        self = key
    }

    /// Writes the form `task.generation.counter` as a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The form `task.generation.counter`.
    public var description: String { "\(task).\(fence)" }
    /// By task, then by fence.
    public static func < (left: AttemptKey, right: AttemptKey) -> Bool {
        (left.task, left.fence) < (right.task, right.fence)
    }
}
