/// Random names: packs, tokens, codes.
enum RandomName {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    /// So many characters of base 32 (five bits each) from the system's randomness.
    static func make(length: Int) -> String {
        var random = SystemRandomNumberGenerator()
        return String(decoding: (0..<length).map { _ in alphabet[Int(random.next() & 31)] }, as: UTF8.self)
    }
}
