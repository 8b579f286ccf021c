internal import CSimd

/// SHA-256, piece by piece.
struct SHA256 {
    private var state = csimd_sha256()

    init() { csimd_sha256_start(&state) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        csimd_sha256_update(&state, base, UInt(bytes.count))
    }

    mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest in hexadecimal.
    func finish() -> String {
        var state = state
        var digest = [UInt8](repeating: 0, count: 32)
        csimd_sha256_finish(&state, &digest)
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digest of a whole file.
    static func of(file path: String) throws -> String {
        var hash = SHA256()
        try MappedFile.read(path) { hash.update($0) }
        return hash.finish()
    }
}
