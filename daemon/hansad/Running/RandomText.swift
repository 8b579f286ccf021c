/// Random names out of the system's generator.
enum RandomText {
    /// So many of `a-z 2-7`, which can be read aloud and typed.
    static func make(length: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz234567")
        var generator = SystemRandomNumberGenerator()
        return String((0..<length).map { _ in letters[Int.random(in: 0..<32, using: &generator)] })
    }
}
