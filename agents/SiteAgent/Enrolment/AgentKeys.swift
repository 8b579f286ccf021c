import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// The agent's two keys, made at enrolment and kept in its folder with mode 0600: P-256 for TLS, Ed25519 for bundles
/// and for a renewal after the certificate has expired.
struct AgentKeys {
    let tls: Certificate.PrivateKey
    let signing: Curve25519.Signing.PrivateKey

    /// Two new keys.
    static func fresh() -> AgentKeys {
        AgentKeys(
            tls: Certificate.PrivateKey(P256.Signing.PrivateKey()), signing: Curve25519.Signing.PrivateKey())
    }

    /// The keys in that folder.
    static func read(_ folder: AgentFolder) throws -> AgentKeys {
        let tls = try Certificate.PrivateKey(pemEncoded: folder.text(folder.keyPath))
        let document = try PEMDocument(pemString: folder.text(folder.signingKeyPath))
        // PKCS #8: the key's 32 bytes end it.
        let raw = document.derBytes.suffix(32)
        return AgentKeys(tls: tls, signing: try Curve25519.Signing.PrivateKey(rawRepresentation: raw))
    }

    /// Writes both; the folder keeps them from then on.
    func write(_ folder: AgentFolder) throws {
        try DurableFile.write(Array(tls.serializeAsPEM().pemString.utf8), to: folder.keyPath)
        let pkcs8: [UInt8] = [
            0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
        ]
        let document = PEMDocument(type: "PRIVATE KEY", derBytes: pkcs8 + Array(signing.rawRepresentation))
        try DurableFile.write(Array(document.pemString.utf8), to: folder.signingKeyPath)
    }

    /// A certificate request by the TLS key, PEM. The coordinator gives the certificate its names, whatever stands here.
    func request(name: String) throws -> String {
        try CertificateSigningRequest(
            version: .v1, subject: DistinguishedName { CommonName(name) }, privateKey: tls,
            attributes: .init()
        ).serializeAsPEM().pemString
    }

    /// The public part of the signing key, PEM (SubjectPublicKeyInfo).
    var signingPublicKey: String {
        let header: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        return PEMDocument(
            type: "PUBLIC KEY", derBytes: header + Array(signing.publicKey.rawRepresentation)
        ).pemString
    }

    /// Base64 of the signature over those bytes.
    func sign(_ bytes: [UInt8]) throws -> String {
        Data(try signing.signature(for: bytes)).base64EncodedString()
    }
}
