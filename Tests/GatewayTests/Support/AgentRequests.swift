import Crypto
import SwiftASN1
import X509

/// What agents make for themselves.
enum AgentRequests {
    /// A certificate request for that key under a name that the coordinator has to ignore.
    static func request(_ key: P256.Signing.PrivateKey, name: String = "somebody-else") throws -> String {
        try CertificateSigningRequest(
            version: .v1, subject: DistinguishedName { CommonName(name) }, privateKey: .init(key),
            attributes: .init()
        ).serializeAsPEM().pemString
    }
}
