/// Keys of submissions.
enum SubmissionKey {
    /// 20 random letters and digits: 100 bits.
    static func random() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var generator = SystemRandomNumberGenerator()
        return String((0..<20).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
    }
}
