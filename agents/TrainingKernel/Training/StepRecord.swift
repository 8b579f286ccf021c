/// One line of the metrics: what one step did. Seconds are the root's; tokens count all ranks.
struct StepRecord: Encodable {
    /// Milliseconds by phase.
    struct Milliseconds: Encodable {
        let data: Double
        let forward: Double
        let backward: Double
        let allreduce: Double
        let optimiser: Double
        let checkpoint: Double
    }

    let step: Int
    let steps: Int
    /// Trained on so far.
    let tokens: Int
    /// Mean loss of the step in nats a token, before the update.
    let loss: Double
    /// The same in bits, with the mean bytes of a token of the training text.
    let bitsPerByte: Double
    let lr: Double
    let gradNorm: Double
    let ms: Milliseconds
    let tokensPerSecond: Double
    /// Floating-point operations of the step.
    let flop: Double
    /// Of the peak measured at the start.
    let mfu: Double
    let peakRSS: Int
    let ranks: Int
    let blas: String
}
