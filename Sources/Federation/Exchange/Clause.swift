/// The clauses of the exchange's rules that guard the promise. Production runs all of them; the simulation switches
/// them off one by one and shows that each one's absence breaks some run.
public enum Clause: String, Hashable, Sendable, CaseIterable {
    /// Events count once, by number.
    case eventsOnce
}
