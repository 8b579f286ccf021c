/// How long a client waits; the defaults were measured against killed, stopped and unreachable servers.
public struct ClientTiming: Hashable, Sendable {
    /// Seconds for name resolution, connection and TLS handshake together.
    public var connectSeconds: Int64 = 5
    /// Seconds without a byte after which an open connection counts as dead. A stopped server is noticed by nothing else.
    public var readSeconds: Int64 = 70
    /// Seconds for a request as a whole, unless the call says otherwise.
    public var requestSeconds: Int64 = 60

    /// The defaults.
    public init() {}
}
