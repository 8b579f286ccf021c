/// An event with its number within its journal: 1, 2, 3 without a gap.
public struct NumberedEvent: Hashable, Sendable, Codable {
    /// The number.
    public var number: Int64
    /// The event.
    public var event: AgentEvent

    /// The event under that number.
    public init(number: Int64, event: AgentEvent) {
        self.number = number
        self.event = event
    }

    private enum CodingKeys: String, CodingKey { case number, event }

    /// Reads an event; one that this version does not understand becomes `AgentEvent.unknown` instead of an error,
    /// so that it can be kept and the ones after it count.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(Int64.self, forKey: .number)
        if let known = try? container.decode(AgentEvent.self, forKey: .event) {
            event = known
        } else {
            let body = try container.decode(JSONValue.self, forKey: .event)
            var kind = "malformed"
            if case .object(let members) = body, let first = members.keys.sorted().first { kind = first }
            event = .unknown(kind: kind, body: body)
        }
    }
}
