/// Why an attempt cannot be written off.
public enum WriteOffRefusal: Error, Hashable, Sendable {
    /// No such attempt.
    case unknown(AttemptKey)
    /// It holds nothing: it is settled or was never confirmed.
    case settled(AttemptKey)
    /// Something of it may be running until then (§4.4).
    case mayRun(AttemptKey, until: Instant)
}
