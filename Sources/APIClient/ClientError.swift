public import Federation

/// Why a request brought no answer that can be used: the coordinator's own words where it gave some, plain words
/// about the connection where it did not.
public struct ClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What sort of failure it is.
    public enum Kind: String, Hashable, Sendable {
        /// The coordinator answered with a problem (RFC 9457), or with an error status without one.
        case problem
        /// Nothing listens at that address.
        case refused
        /// No connection, or no answer, in time.
        case timeout
        /// One side does not trust the other's certificate.
        case certificate
        /// The name does not resolve, the network has no way there, or the connection broke.
        case unreachable
        /// An answer came, but not one that this version understands.
        case malformed
        /// What was asked for cannot be sent: a bad URL, an unreadable certificate, a value that is no JSON.
        case unsendable
        /// The caller gave up.
        case cancelled
    }

    /// What sort of failure it is.
    public var kind: Kind
    /// The HTTP status, where there was an answer.
    public var status: Int?
    /// A short title, the same for all failures of its sort.
    public var title: String
    /// What happened to this request.
    public var detail: String
    /// The problem's type, a URI reference; `about:blank` where none was given.
    public var type: String
    /// The problem's other members.
    public var members: [String: JSONValue]

    /// A failure without a problem document.
    public init(
        kind: Kind, status: Int? = nil, title: String, detail: String, type: String = "about:blank",
        members: [String: JSONValue] = [:]
    ) {
        self.kind = kind
        self.status = status
        self.title = title
        self.detail = detail
        self.type = type
        self.members = members
    }

    /// Title and detail in one line.
    public var description: String {
        let head = status.map { "\(title) (\($0))" } ?? title
        return detail.isEmpty ? head : "\(head): \(detail)"
    }

    /// Whether the same request may do better a moment later: the coordinator or the way to it was missing, and
    /// nobody said no.
    public var isPassing: Bool {
        switch kind {
        case .refused, .timeout, .unreachable: true
        case .problem: status == 429 || status == 502 || status == 503 || status == 504
        case .certificate, .malformed, .unsendable, .cancelled: false
        }
    }
}
