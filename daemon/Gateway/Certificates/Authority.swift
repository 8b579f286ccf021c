import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// The certificate authority of one book: made at the first start, kept in the coordinator's state folder. It names
/// agents (client certificates) and the coordinator itself (server certificates); whether an agent's certificate
/// still counts is asked of the book at every request.
public struct Authority: Sendable {
    /// Why a certificate request was refused, in words.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The words.
        public var description: String
    }

    /// A certificate that was just signed.
    struct Issued {
        var pem: String
        var spkiSHA256: String
        var serial: String
        var untilSeconds: Int64
    }

    /// Certificates count from so many seconds before they were made: clocks differ, by an hour where a host has its
    /// time zone wrong.
    private static let slowClock = 7200.0

    private let certificate: Certificate
    private let key: Certificate.PrivateKey

    /// The authority's own certificate, PEM.
    public var certificatePEM: String {
        get throws { try certificate.serializeAsPEM().pemString }
    }

    /// SHA-256 of the authority's certificate (DER), 64 hexadecimal digits: for comparing by eye.
    public var fingerprint: String {
        get throws {
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            return Digest.sha256(serializer.serializedBytes)
        }
    }

    /// The authority that stands in that folder; makes it where there is none. The key is readable by this user only.
    public static func load(folder: String, name: String) throws -> Authority {
        let (certificatePath, keyPath) = ("\(folder)/authority.pem", "\(folder)/authority.key")
        if let certificatePEM = try PrivateFile.read(certificatePath),
            let keyPEM = try PrivateFile.read(keyPath)
        {
            return try Authority(certificatePEM: certificatePEM, keyPEM: keyPEM)
        }
        let key = P256.Signing.PrivateKey()
        let authority = try Authority(name: name, key: Certificate.PrivateKey(key))
        // The key first: a certificate without its key would be taken for a whole authority.
        try PrivateFile.write(key.pemRepresentation, to: keyPath)
        try PrivateFile.write(try authority.certificatePEM, to: certificatePath, mode: 0o644)
        return authority
    }

    private init(certificatePEM: String, keyPEM: String) throws {
        certificate = try Certificate(pemEncoded: certificatePEM)
        key = try Certificate.PrivateKey(pemEncoded: keyPEM)
        guard certificate.publicKey == key.publicKey else {
            throw Refusal(description: "the authority's certificate and its key do not belong together")
        }
    }

    /// A new authority, good for ten years.
    init(name: String, key: Certificate.PrivateKey) throws {
        let subject = try DistinguishedName { CommonName(name) }
        let now = Date()
        certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey,
            notValidBefore: now - Self.slowClock, notValidAfter: now + 10 * 365 * 86_400,
            issuer: subject, subject: subject,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key)
        self.key = key
    }

    /// Signs an agent's request. It has to prove that the agent holds the key; every name in it is ignored, because
    /// the book decides the names.
    func issue(request pem: String, agent: String, days: Double) throws -> Issued {
        guard let request = try? CertificateSigningRequest(pemEncoded: pem) else {
            throw Refusal(description: "the certificate request is not PEM of a PKCS#10 request")
        }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw Refusal(description: "the certificate request is not signed with the key that it names")
        }
        guard P256.Signing.PublicKey(request.publicKey) != nil else {
            throw Refusal(description: "the certificate request has to be for an ECDSA key on P-256")
        }
        return try issue(
            request.publicKey, subject: agent, days: days, use: .clientAuth,
            names: [.uniformResourceIdentifier("urn:hansa:agent:\(agent)")])
    }

    /// A certificate for the coordinator's own address under those names and IPv4 addresses.
    func issueServer(_ key: Certificate.PublicKey, names: [String], days: Double) throws -> Issued {
        try issue(
            key, subject: names.first ?? "hansad", days: days, use: .serverAuth,
            names: Authority.generalNames(names))
    }

    /// Whether that certificate is one of ours.
    func hasSigned(_ issued: Certificate) -> Bool {
        certificate.publicKey.isValidSignature(issued.signature, for: issued)
    }

    static func generalNames(_ names: [String]) -> [GeneralName] {
        names.map { name in
            if let address = Authority.address(name) {
                GeneralName.ipAddress(ASN1OctetString(contentBytes: address[...]))
            } else {
                GeneralName.dnsName(name)
            }
        }
    }

    private func issue(
        _ publicKey: Certificate.PublicKey, subject: String, days: Double, use: ExtendedKeyUsage.Usage,
        names: [GeneralName]
    ) throws -> Issued {
        let now = Date()
        let until = min(now + days * 86_400, certificate.notValidAfter)
        let issued = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: publicKey,
            notValidBefore: now - Self.slowClock, notValidAfter: until,
            issuer: certificate.subject, subject: DistinguishedName { CommonName(subject) },
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([use])
                SubjectAlternativeNames(names)
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: try certificate.extensions.subjectKeyIdentifier?.keyIdentifier)
            },
            issuerPrivateKey: key)
        var serializer = DER.Serializer()
        try serializer.serialize(publicKey)
        return Issued(
            pem: try issued.serializeAsPEM().pemString, spkiSHA256: Digest.sha256(serializer.serializedBytes),
            serial: Digest.hexadecimal(issued.serialNumber.bytes),
            untilSeconds: Int64(until.timeIntervalSince1970))
    }

    private static func address(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { UInt8($0) }
        return bytes.count == 4 ? bytes : nil
    }
}
