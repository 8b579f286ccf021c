/// Whether a request is sent again after a failure that may pass. The client never decides that by itself: only its
/// caller knows whether the request means the same when it arrives twice.
public struct RetryPolicy: Hashable, Sendable {
    /// How often it is sent at most, the first time included.
    public var attempts: Int
    /// Milliseconds before the second time; doubles with each, and varies by half.
    public var firstPauseMilliseconds: Int64

    /// At most so many times, with that first pause.
    public init(attempts: Int, firstPauseMilliseconds: Int64 = 200) {
        self.attempts = max(1, attempts)
        self.firstPauseMilliseconds = firstPauseMilliseconds
    }

    /// Sent once.
    public static let never = RetryPolicy(attempts: 1)
    /// Sent up to four times within about two seconds: for requests that mean the same when they arrive twice.
    public static let idempotent = RetryPolicy(attempts: 4)

    /// The pause before the attempt with that number (2 is the first retry).
    func pause(before attempt: Int) -> Duration {
        let doubled = firstPauseMilliseconds << Int64(min(max(attempt - 2, 0), 10))
        return .milliseconds(Int64.random(in: max(1, doubled / 2)...max(1, doubled * 3 / 2)))
    }
}
