import Crypto
public import Federation
import Wire

/// SHA-256 as it names content: 64 hexadecimal digits.
public enum ContentHash {
    /// The hash of those bytes.
    public static func of(_ bytes: some Sequence<UInt8>) -> String {
        var hasher = SHA256()
        hasher.update(data: Array(bytes))
        return hex(hasher.finalize())
    }

    /// The name of an artifact's version: the hash of its manifest's JSON as the wire writes it.
    public static func of(_ manifest: Manifest) throws -> String {
        of(try WireJSON.bytes(manifest))
    }

    static func hex(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
