public import Federation

/// What a rule answered, and what its commit brought about: whom to wake, and what to look at next.
public struct Changed<Value> {
    /// The rule's answer.
    public var value: Value
    /// Tasks that ended: their dependents are to be looked at now.
    public var ended: [TaskID]
    /// Whether something may be placed that could not be before.
    public var hasReady: Bool
    /// The names and words of alarms that were raised.
    public var alarms: [(name: String, text: String)]

    /// An answer with what the effects say.
    public init(value: Value, effects: [Effect]) {
        self.value = value
        ended = []
        hasReady = false
        alarms = []
        for effect in effects {
            switch effect {
            case .taskEnded(let task, _): ended.append(task)
            case .taskReady: hasReady = true
            case .alarm(let name, let text): alarms.append((name, text))
            default: break
            }
        }
    }
}

extension Changed: Sendable where Value: Sendable {}

extension Changed {
    /// The same commit with another answer.
    public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Changed<Other> {
        Changed<Other>(
            value: try transform(value), ended: ended, hasReady: hasReady, alarms: alarms)
    }

    init(value: Value, ended: [TaskID], hasReady: Bool, alarms: [(name: String, text: String)]) {
        self.value = value
        self.ended = ended
        self.hasReady = hasReady
        self.alarms = alarms
    }
}
