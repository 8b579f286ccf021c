/// A task's own attempt counter, with the book's generation above it in one 64-bit number, so that after a
/// restore from backup no fence is ever given a second time.
public struct Fence: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    /// Generation in the upper 32 bits, counter in the lower 32.
    public let rawValue: Int64

    /// The fence with that 64-bit number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The fence with that counter in that generation; both are cut to 31 and 32 bits.
    public init(generation: Int64, counter: Int64) {
        rawValue = ((generation & 0x7FFF_FFFF) << 32) | (counter & 0xFFFF_FFFF)
    }

    /// Reads the form `generation.counter`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let generation = Int64(parts[0]), let counter = Int64(parts[1]),
            (0...0x7FFF_FFFF).contains(generation), (0...0xFFFF_FFFF).contains(counter)
        else { return nil }
        self.init(generation: generation, counter: counter)
    }

    /// Reads the form `generation.counter` from a JSON string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let fence = Fence(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a fence is written generation.counter, not \"\(text)\"")
        }
        self = fence
    }

    /// Writes the form `generation.counter` as a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The book's generation in which the fence was given.
    public var generation: Int64 { rawValue >> 32 }
    /// 1, 2, 3 within a task and generation.
    public var counter: Int64 { rawValue & 0xFFFF_FFFF }
    /// The form `generation.counter`.
    public var description: String { "\(generation).\(counter)" }

    /// The fence after this one in a book of that generation: the next counter, or 1 where the generation is new.
    public func next(generation current: Int64) -> Fence {
        Fence(generation: current, counter: current == generation ? counter + 1 : 1)
    }

    /// Before every fence that is given.
    public static let none = Fence(rawValue: 0)
    /// The earlier fence first; a later generation is later whatever its counter.
    public static func < (left: Fence, right: Fence) -> Bool { left.rawValue < right.rawValue }
}
