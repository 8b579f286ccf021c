/// What `bench` prints.
struct BenchResult: Encodable {
    let model: String
    let ranks: Int
    /// Median of a step.
    let ms: Double
    let bestMs: Double
    let tokensPerSecond: Double
    let gigaflops: Double
    let loss: Double
    let peakRSS: Int
    let blas: String
    let instructions: String
}
