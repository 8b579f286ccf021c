/// `result.json` of a tokenizer task.
struct TokenizerResult: Codable {
    var kind = "tokenizer"
    let vocabulary: Int
    /// The mean of the languages' bytes per token on their training text.
    let bytesPerToken: Double
    let seconds: Double
    let languages: Int
    /// Megabytes of sampled text a second, reading of files aside.
    let trainMegabytesPerSecond: Double
    /// Megabytes of text a second on one core.
    let encodeMegabytesPerSecond: Double
}
