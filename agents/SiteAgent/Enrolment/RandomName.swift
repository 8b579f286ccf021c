/// Random names: 26 characters of base 32, 130 bits.
enum RandomName {
    static func make() -> String {
        let digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        let text = (0..<26).map { _ in digits[Int.random(in: 0..<32)] }
        return String(decoding: text, as: UTF8.self)
    }
}
