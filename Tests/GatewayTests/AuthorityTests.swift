import Crypto
import FoundationEssentials
import Glibc
import SwiftASN1
import Testing
import X509

@testable import Gateway

/// What the authority signs, and what it does not.
@Suite struct AuthorityTests {
    @Test func namesAndRightsAreOursWhateverTheRequestSays() throws {
        let authority = try Authority(name: "test", key: .init(.init()))
        let key = P256.Signing.PrivateKey()
        let issued = try authority.issue(
            request: try AgentRequests.request(key, name: "the-president"), agent: "lumi-1", days: 30)
        let certificate = try Certificate(pemEncoded: issued.pem)
        #expect("\(certificate.subject)".contains("lumi-1"))
        #expect(!issued.pem.contains("president") && !"\(certificate.subject)".contains("president"))
        #expect(try certificate.extensions.extendedKeyUsage == ExtendedKeyUsage([.clientAuth]))
        #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
        let days = certificate.notValidAfter.timeIntervalSince(certificate.notValidBefore) / 86_400
        #expect((29.9...30.1).contains(days))
        #expect(issued.spkiSHA256.utf8.count == 64)
    }

    @Test func requestsThatProveNothingAreRefused() throws {
        let authority = try Authority(name: "test", key: .init(.init()))
        // A public key that its signer does not hold: another one of the same length in its place.
        let key = P256.Signing.PrivateKey()
        let other = P256.Signing.PrivateKey().publicKey.x963Representation
        let whole = try PEMDocument(pemString: try AgentRequests.request(key)).derBytes
        let place = try #require(whole.firstRange(of: Array(key.publicKey.x963Representation)))
        var forged = whole
        forged.replaceSubrange(place, with: other)
        let pem = PEMDocument(type: "CERTIFICATE REQUEST", derBytes: forged).pemString
        #expect(throws: Authority.Refusal.self) { try authority.issue(request: pem, agent: "a", days: 1) }
        let edwards = Certificate.PrivateKey(Curve25519.Signing.PrivateKey())
        let wrongKind = try CertificateSigningRequest(
            version: .v1, subject: DistinguishedName { CommonName("a") }, privateKey: edwards,
            attributes: .init())
        #expect(throws: Authority.Refusal.self) {
            try authority.issue(request: try wrongKind.serializeAsPEM().pemString, agent: "a", days: 1)
        }
        for text in ["", "PEM", "-----BEGIN CERTIFICATE REQUEST-----\n\n-----END CERTIFICATE REQUEST-----"] {
            #expect(throws: Authority.Refusal.self) {
                try authority.issue(request: text, agent: "a", days: 1)
            }
        }
    }

    @Test func theStateFolderKeepsAuthorityAndCertificate() throws {
        let files = try TemporaryFiles()
        defer { files.remove() }
        let authority = try Authority.load(folder: files.folder, name: "test")
        let again = try Authority.load(folder: files.folder, name: "another name")
        #expect(try authority.certificatePEM == again.certificatePEM)
        for name in ["authority.key", "server.key"] {
            if name == "server.key" { _ = try server(files, authority, ["localhost"]) }
            var facts = stat()
            #expect(stat(files[name], &facts) == 0 && facts.st_mode & 0o777 == 0o600, "\(name)")
        }
        let first = try server(files, authority, ["localhost"])
        #expect(try server(files, authority, ["localhost"]) == first)
        // Other names, or two thirds of its time gone, make a new one.
        #expect(try server(files, authority, ["localhost", "10.0.0.7"]) != first)
        let kept = try server(files, authority, ["localhost"])
        #expect(try server(files, authority, ["localhost"], later: 61 * 86_400) != kept)
        try files.write("garbage", "authority.pem")
        #expect(throws: (any Error).self) { try Authority.load(folder: files.folder, name: "test") }
    }

    private func server(
        _ files: TemporaryFiles, _ authority: Authority, _ names: [String], later: Int64 = 0
    ) throws -> ServerCertificate {
        let now = Int64(Date().timeIntervalSince1970) + later
        return try ServerCertificate.load(folder: files.folder, names: names, authority: authority, now: now)
    }
}
