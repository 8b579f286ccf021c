import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Sets up a connection: dead peers are noticed within half a minute, TLS comes from the material of the moment, and
/// the peer travels as a task-local to every request of the connection.
struct PeerChannel: ServerChildChannel {
    let base: HTTP1Channel
    let material: TLSMaterial

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<PeerConnection> {
        let peer = Peer()
        return channel.eventLoop.makeCompletedFuture {
            if let options = channel.syncOptions {
                try options.setOption(.socketOption(.so_keepalive), value: 1)
                try options.setOption(.tcpOption(PeerChannel.userTimeout), value: 30_000)
                try options.setOption(.tcpOption(PeerChannel.keepAliveIdle), value: 20)
                try options.setOption(.tcpOption(PeerChannel.keepAliveInterval), value: 5)
                try options.setOption(.tcpOption(PeerChannel.keepAliveCount), value: 3)
            }
            let tls = NIOSSLServerHandler(context: material.context)
            try channel.pipeline.syncOperations.addHandler(tls)
            try channel.pipeline.syncOperations.addHandler(PeerHandler(peer, tls: tls))
        }
        .flatMap { base.setup(channel: channel, logger: logger) }
        .map { PeerConnection(http: $0, peer: peer) }
    }

    func handle(value: PeerConnection, logger: Logger) async {
        await Peer.$current.withValue(value.peer) { await base.handle(value: value.http, logger: logger) }
    }

    // Linux's TCP_USER_TIMEOUT (milliseconds), TCP_KEEPIDLE, TCP_KEEPINTVL (seconds) and TCP_KEEPCNT.
    private static let userTimeout = NIOBSDSocket.Option(rawValue: 18)
    private static let keepAliveIdle = NIOBSDSocket.Option(rawValue: 4)
    private static let keepAliveInterval = NIOBSDSocket.Option(rawValue: 5)
    private static let keepAliveCount = NIOBSDSocket.Option(rawValue: 6)
}

extension HTTPServerBuilder {
    /// A server whose connections get their TLS from `material`.
    static func peers(_ material: TLSMaterial) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let configuration = HTTP1Channel.Configuration(
                // Above the clients' 75 s, so that the client is the one that closes an idle connection.
                idleTimeout: .seconds(90),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
            return PeerChannel(
                base: HTTP1Channel(responder: responder, configuration: configuration), material: material)
        }
    }
}
