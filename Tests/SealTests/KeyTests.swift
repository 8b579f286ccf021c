import Glibc
import Seal
import Testing

/// Ed25519 keys, and that stock OpenSSL agrees.
struct KeyTests {
    private let message = Array("The book of 24 November.\n".utf8)

    @Test func aSignatureHoldsForItsMessageAndKeyOnly() throws {
        let key = try Ed25519Key.generate()
        let signature = try key.sign(message)
        #expect(signature.count == Ed25519Key.signatureByteCount)
        #expect(try key.publicKey.verify(signature, of: message))
        #expect(try key.sign(message) == signature)
        #expect(try !key.publicKey.verify(signature, of: message + [0]))
        #expect(try !key.publicKey.verify(signature, of: []))
        for position in [0, 31, 32, 63] {
            var forged = signature
            forged[position] ^= 1
            #expect(try !key.publicKey.verify(forged, of: message))
        }
        #expect(try !key.publicKey.verify([], of: message))
        #expect(try !key.publicKey.verify(signature + [0], of: message))
        #expect(try !Ed25519Key.generate().publicKey.verify(signature, of: message))
        #expect(try key.publicKey.verify(try key.sign([]), of: []))
    }

    /// RFC 8032, 7.1, test 2.
    @Test func itIsTheAlgorithmOfTheStandard() throws {
        let seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
        let expected = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        let bench = try Workbench()
        // PKCS #8 around the seed: the prefix is fixed for Ed25519.
        let made = try bench.run(
            "printf 302e020100300506032b657004220420\(seed) | xxd -r -p | openssl pkey -inform DER -out k.pem && chmod 600 k.pem"
        )
        try #require(made.status == 0, "\(made.output)")
        let key = try Ed25519Key.read(path: bench.path("k.pem"))
        #expect("\(key.publicKey)" == expected)
        let hex = try key.sign([0x72]).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
        #expect(
            hex
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
    }

    @Test func stockOpenSSLVerifiesOurSeal() throws {
        let bench = try Workbench()
        let key = try Ed25519Key.generate()
        try bench.write(message, "message")
        try bench.write(key.sign(message), "signature")
        try bench.write(Array(key.publicKey.pem().utf8), "public.pem")
        let verify = "openssl pkeyutl -verify -rawin -pubin -inkey public.pem -in message -sigfile signature"
        let verdict = try bench.run(verify)
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(verdict.output.contains("Signature Verified Successfully"))
        try bench.write(message + [10], "message")
        #expect(try bench.run(verify).status != 0)
    }

    @Test func stockOpenSSLReadsOurKeyAndWeReadIts() throws {
        let bench = try Workbench()
        let key = try Ed25519Key.generate()
        try key.write(path: bench.path("key.pem"))
        let published = try bench.run("openssl pkey -in key.pem -pubout")
        #expect(try published.output == key.publicKey.pem())
        try bench.write(message, "message")
        let signed = try bench.run("openssl pkeyutl -sign -rawin -inkey key.pem -in message -out theirs")
        #expect(signed.status == 0, "\(signed.output)")
        try bench.write(key.sign(message), "ours")
        #expect(try bench.run("cmp ours theirs").status == 0)
        let made = try bench.run(
            "openssl genpkey -algorithm ed25519 -out theirs.pem && chmod 600 theirs.pem && openssl pkey -in theirs.pem -pubout"
        )
        let theirs = try Ed25519Key.read(path: bench.path("theirs.pem"))
        #expect(try theirs.publicKey == Ed25519PublicKey(pem: made.output))
    }

    @Test func aKeySurvivesItsText() throws {
        let key = try Ed25519Key.generate()
        let copy = try Ed25519Key(pem: key.pem())
        #expect(copy.publicKey == key.publicKey)
        #expect(try copy.sign(message) == key.sign(message))
        #expect(try key.pem().hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try Ed25519PublicKey(pem: key.publicKey.pem()) == key.publicKey)
        #expect(try Ed25519PublicKey(bytes: key.publicKey.bytes) == key.publicKey)
        #expect(try key.publicKey.fingerprint() == SHA256.hash(key.publicKey.bytes))
        let secret = try key.pem().split(separator: "\n")[1]
        #expect(!"\(key)".contains(secret))
    }

    @Test func aKeyFileIsItsOwnersAlone() throws {
        let bench = try Workbench()
        let path = bench.path("key.pem")
        let key = try Ed25519Key.generate()
        let old = umask(0)
        defer { umask(old) }
        try key.write(path: path)
        #expect(try bench.run("stat -c %a key.pem").output == "600\n")
        #expect(try Ed25519Key.read(path: path).publicKey == key.publicKey)
        let again = #expect(throws: SealError.self) { try key.write(path: path) }
        #expect(again?.description == "cannot create the key file \(path): File exists")
        try bench.run("chmod 640 key.pem")
        let open = #expect(throws: SealError.self) { try Ed25519Key.read(path: path) }
        #expect(open?.description.hasSuffix("its mode must be 0600") == true)
        let missing = #expect(throws: SealError.self) { try Ed25519Key.read(path: bench.path("none")) }
        #expect(missing?.description.hasSuffix("No such file or directory") == true)
        #expect(throws: SealError.self) { try key.write(path: bench.path("no/such/folder.pem")) }
    }

    @Test func otherTextsAreRefusedWithAReason() throws {
        let bench = try Workbench()
        func reason(_ pem: String) -> String {
            #expect(throws: SealError.self) { try Ed25519Key(pem: pem) }?.description ?? ""
        }
        #expect(reason("") == "cannot read the private key: it has no line -----BEGIN PRIVATE KEY-----")
        let garbled = "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n"
        #expect(reason(garbled).hasPrefix("cannot read the private key: "))
        let other = try bench.run(
            "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null")
        #expect(reason(other.output) == "the private key: an Ed25519 key is needed, this is a key of type EC")
        let locked = try bench.run("openssl genpkey -algorithm ed25519 -aes256 -pass pass:hush 2>/dev/null")
        #expect(locked.output.contains("ENCRYPTED"))
        #expect(reason(locked.output).hasSuffix("it is locked by a passphrase"))
        #expect(throws: SealError.self) { try Ed25519PublicKey(pem: try Ed25519Key.generate().pem()) }
        #expect(throws: SealError.self) { try Ed25519PublicKey(bytes: [1, 2, 3]) }
    }

    @Test func manyTasksMaySignWithOneKey() async throws {
        let key = try Ed25519Key.generate()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in UInt8(0)..<100 {
                group.addTask { try key.publicKey.verify(key.sign([number]), of: [number]) }
            }
            for try await verdict in group { #expect(verdict) }
        }
    }
}
