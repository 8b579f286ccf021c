import Federation

/// An event that the database refuses, as it came.
struct RefusedEvent: Sendable {
    /// The event.
    var event: NumberedEvent
    /// Why.
    var reason: String
}
