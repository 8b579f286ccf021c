extension AttemptState {
    /// A change of an attempt's state in the coordinator's book.
    public struct Move: Hashable, Sendable {
        /// Where it stood.
        public var from: AttemptState
        /// Where it stands then.
        public var to: AttemptState

        /// That change.
        public init(from: AttemptState, to: AttemptState) {
            self.from = from
            self.to = to
        }
    }

    /// Every single step that the book takes with an attempt. A document may tell of several at once, so one transaction
    /// may take a path of them; the simulation fails on a change that is no such path, and on a step that never happens.
    public static let moves: [Move] = [
        Move(from: .offered, to: .accepted),
        Move(from: .offered, to: .declined),
        Move(from: .offered, to: .expired),
        Move(from: .offered, to: .withdrawn),
        Move(from: .offered, to: .confirmed),
        Move(from: .accepted, to: .confirmed),
        Move(from: .accepted, to: .withdrawn),
        Move(from: .accepted, to: .ended),
        Move(from: .confirmed, to: .submitted),
        Move(from: .confirmed, to: .ended),
        Move(from: .submitted, to: .started),
        Move(from: .submitted, to: .ended),
        Move(from: .started, to: .ended),
        Move(from: .declined, to: .ended),
        Move(from: .expired, to: .ended),
        Move(from: .withdrawn, to: .ended),
        Move(from: .expired, to: .started),
        Move(from: .withdrawn, to: .started),
        Move(from: .ended, to: .settled),
    ]

    /// Whether a transaction may leave an attempt in the other state: there is a path of `moves`.
    public func leads(to other: AttemptState) -> Bool {
        AttemptState.moves.contains { $0.from == self && ($0.to == other || $0.to.leads(to: other)) }
    }

    /// The moves as a Mermaid state diagram, for the documentation.
    public static var diagram: String {
        var lines = ["stateDiagram-v2", "    [*] --> offered"]
        for move in moves { lines.append("    \(move.from.rawValue) --> \(move.to.rawValue)") }
        for state in allCases where state.isBurnt || state == .settled {
            lines.append("    \(state.rawValue) --> [*]")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
