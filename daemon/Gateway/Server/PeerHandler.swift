import NIOCore
import NIOSSL
import NIOTLS

/// Stands behind the TLS handler: takes the certificate when the handshake ends, and notices the client's leaving.
final class PeerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let peer: Peer
    private let tls: NIOSSLHandler

    init(_ peer: Peer, tls: NIOSSLHandler) {
        self.peer = peer
        self.tls = tls
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent, let leaf = tls.peerCertificate {
            do {
                peer.verified(
                    Peer.Identity(
                        spkiSHA256: Digest.sha256(try leaf.extractPublicKey().toSPKIBytes()),
                        notAfterSeconds: Int64(leaf.notValidAfter)))
            } catch {
                // A verified certificate whose key cannot be read: nobody to talk to.
                context.close(promise: nil)
                return
            }
        }
        // The client's FIN, which comes long before the channel becomes inactive.
        if case .inputClosed = event as? ChannelEvent { peer.gone() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        peer.gone()
        context.fireChannelInactive()
    }
}
