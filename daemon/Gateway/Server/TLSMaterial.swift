import NIOCore
import NIOSSL
import Synchronization

/// The TLS state that new connections get; replaced as a whole when certificates are renewed, because a reload of
/// chain and key alone would leave old trust roots and session tickets in force.
final class TLSMaterial: Sendable {
    private let current: Mutex<NIOSSLContext>

    init(_ certificate: ServerCertificate, clients authority: Authority?) throws {
        current = Mutex(try TLSMaterial.make(certificate, clients: authority))
    }

    var context: NIOSSLContext { current.withLock { $0 } }

    func replace(_ certificate: ServerCertificate, clients authority: Authority?) throws {
        let next = try TLSMaterial.make(certificate, clients: authority)
        current.withLock { $0 = next }
    }

    /// With an authority a certificate of it is required of clients; without one none is asked for, because
    /// browsers would offer a picker.
    private static func make(_ certificate: ServerCertificate, clients authority: Authority?) throws
        -> NIOSSLContext
    {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.chainPEM.utf8))
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.keyPEM.utf8), format: .pem))
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // The default of 5 s would hold up every orderly exit.
        configuration.shutdownTimeout = .seconds(1)
        if let authority {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(try authority.certificatePEM.utf8)))
        } else {
            configuration.certificateVerification = .none
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
