public import Federation
import Synchronization

/// A clock that stands still until a test moves it.
public final class TestClock: Sendable {
    private let time: Mutex<Instant>

    /// Stands at that moment.
    public init(_ start: Instant = SampleBook.start) { time = Mutex(start) }

    /// The moment at which it stands.
    public var now: Instant { time.withLock { $0 } }

    /// Moves it on.
    public func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}
