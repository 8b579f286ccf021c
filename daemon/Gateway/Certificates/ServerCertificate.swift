import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// What the coordinator shows of itself: a chain and its key.
struct ServerCertificate: Sendable, Hashable {
    var chainPEM: String
    var keyPEM: String
    /// From this moment on it is to be replaced, seconds since 1970.
    var renewAtSeconds: Int64

    /// The certificate that stands in the folder, if it is for those names and not past two thirds of its time;
    /// else a new one of the authority, good for 90 days.
    static func load(folder: String, names: [String], authority: Authority, now: Int64) throws
        -> ServerCertificate
    {
        let (chainPath, keyPath) = ("\(folder)/server.pem", "\(folder)/server.key")
        if let chain = try PrivateFile.read(chainPath), let key = try PrivateFile.read(keyPath),
            let kept = try? ServerCertificate(chainPEM: chain, keyPEM: key), now < kept.renewAtSeconds,
            kept.isFor(names, of: authority)
        {
            return kept
        }
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issueServer(Certificate.PrivateKey(key).publicKey, names: names, days: 90)
        let chain = issued.pem + "\n" + (try authority.certificatePEM)
        try PrivateFile.write(key.pemRepresentation, to: keyPath)
        try PrivateFile.write(chain, to: chainPath, mode: 0o644)
        return try ServerCertificate(chainPEM: chain, keyPEM: key.pemRepresentation)
    }

    /// One that somebody else keeps in two files (a public authority's, for browsers).
    static func read(chain: String, key: String) throws -> ServerCertificate {
        guard let chainPEM = try PrivateFile.read(chain) else {
            throw PrivateFile.Failure(description: "there is no certificate at \(chain)")
        }
        guard let keyPEM = try PrivateFile.read(key) else {
            throw PrivateFile.Failure(description: "there is no key at \(key)")
        }
        return try ServerCertificate(chainPEM: chainPEM, keyPEM: keyPEM)
    }

    private init(chainPEM: String, keyPEM: String) throws {
        let leaf = try ServerCertificate.leaf(chainPEM)
        let key = try Certificate.PrivateKey(pemEncoded: keyPEM)
        guard leaf.publicKey == key.publicKey else {
            throw Authority.Refusal(
                description: "the server's certificate and its key do not belong together")
        }
        self.chainPEM = chainPEM
        self.keyPEM = keyPEM
        let (from, until) = (
            leaf.notValidBefore.timeIntervalSince1970, leaf.notValidAfter.timeIntervalSince1970
        )
        renewAtSeconds = Int64(from + (until - from) * 2 / 3)
    }

    private func isFor(_ names: [String], of authority: Authority) -> Bool {
        guard let leaf = try? ServerCertificate.leaf(chainPEM), authority.hasSigned(leaf),
            let alternatives = try? leaf.extensions.subjectAlternativeNames
        else { return false }
        let held = Set(alternatives.map { "\($0)" })
        return Set(Authority.generalNames(names).map { "\($0)" }) == held
    }

    private static func leaf(_ chainPEM: String) throws -> Certificate {
        guard let first = try PEMDocument.parseMultiple(pemString: chainPEM).first else {
            throw Authority.Refusal(description: "the server's certificate chain is empty")
        }
        return try Certificate(pemDocument: first)
    }
}
