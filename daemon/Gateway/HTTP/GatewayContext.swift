import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What a request carries beside itself.
struct GatewayContext: RequestContext {
    /// Who speaks, once that is known; a reference, so that the log outside sees what the endpoint found out.
    final class Who: Sendable {
        private let caller = Mutex(Caller.nobody)

        var name: String { caller.withLock { $0.name } }
        func isKnown(as known: Caller) { caller.withLock { $0 = known } }
    }

    var coreContext: CoreRequestContextStorage
    /// The other end of its connection; nil only where a test speaks to the routes directly.
    let peer: Peer?
    /// Where it comes from, for the log.
    let address: String
    /// Who speaks.
    let who = Who()
    /// The request's number, the same as in the server's own lines of the log.
    let number: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = Peer.current
        // A log handler need not keep metadata.
        number = source.logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "\(RequestID())"
        address = source.channel.remoteAddress.map { "\($0.ipAddress ?? "-"):\($0.port ?? 0)" } ?? "-"
    }
}
