/// Which side a message stands on: decided by its key alone, so a message and all its translations share a side.
struct KeySplit: Sendable {
    /// One key in so many is held out.
    let share: Int

    /// The rule in words, for manifests.
    var rule: String {
        "held out when the first 8 bytes of SHA-256(message key), big-endian, modulo \(share) are 0; "
            + "a text on both sides is held out only"
    }

    func holdsOut(_ key: [UInt8]) -> Bool {
        let value = SHA256Digest.digest(of: key).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value % UInt64(share) == 0
    }
}
