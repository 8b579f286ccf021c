import HummingbirdCore
import NIOCore

/// A connection as the server sees it: HTTP/1.1 under TLS, with its peer.
struct PeerConnection: ServerChildChannelValue {
    let http: HTTP1Channel.Value
    let peer: Peer

    var channel: any Channel { http.channel }
}
