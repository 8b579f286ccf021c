/// `result.json` of a training.
struct TrainingResult: Encodable {
    var kind = "training"
    let parameters: Int
    let tokens: Int
    /// Of the whole training, by `method`.
    let flop: Double
    /// Over all links of the chain.
    let seconds: Double
    /// Mean of the last steps, nats a token.
    let loss: Double
    let bitsPerByte: Double
    let steps: Int
    let ranks: Int
    let vocabulary: Int
    let languages: [String]
    let blas: String
    let instructions: String
    let tokensPerSecond: Double
    /// Of the peak measured at the start of the last link.
    let mfu: Double
    let peakRSS: Int
    let seed: UInt64
    let shape: Shape
    let tokenizer: String
    let data: String
    /// SHA-256 of the trained weights.
    let weights: String
    let kernel: String
    var method = "6N+12LTC per token, PaLM convention"
}
