/// How far two clocks' readings of one event may lie apart before they contradict each other. Never used where a charge
/// is held against a record that is right: that is to the thousandth.
enum Tolerance {
    /// Slurm counts whole seconds, and starts a job a moment before its program: seconds.
    static let start: Int64 = 3
    /// What a job's end is recorded before its program's last line, seconds.
    static let end: Int64 = 3
    /// What a job's end may be recorded after its program's last line before it is told, seconds.
    static let tail: Int64 = 12
    /// What an estimate may be wrong by beside one heartbeat, seconds.
    static let estimate: Int64 = 15
    /// The wrapper's heartbeat where the plan names none, seconds.
    static let heartbeat: Int64 = 60
    /// Between the moment that a booking shows and the one at which it counted: the length of a transaction, seconds.
    static let booking: Int64 = 3
    /// A program that wrote within so many seconds of the seed's end is running.
    static let alive: Int64 = 5
}
