/// Headers with a meaning of their own.
public enum WireHeader {
    /// On a POST: the same key with the same body is answered with the first answer.
    public static let idempotencyKey = "Idempotency-Key"
    /// On an answer: `true` where it is the first answer to that key, given again.
    public static let idempotencyReplayed = "Idempotency-Replayed"
    /// On every answer: the request's number in the coordinator's log.
    public static let request = "X-Request-Id"
}
