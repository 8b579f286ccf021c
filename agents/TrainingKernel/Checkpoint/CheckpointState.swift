/// `state.json` of a checkpoint: where the training stands, and what it must go on with.
struct CheckpointState: Codable {
    var format = 1
    var kernel = Kernel.version
    /// Steps done.
    var step = 0
    /// Steps of the whole training.
    let steps: Int
    var tokens = 0
    /// Of all links so far.
    var seconds = 0.0
    let seed: UInt64
    let batch: Int
    let shape: Shape
    let ranks: Int
    let blas: String
    /// SHA-256 of the tokenizer's files.
    let tokenizer: String
    /// SHA-256 over the training tokens.
    let data: String
    /// The document separator's token.
    let separator: Int?

    init(
        _ options: TrainOptions, _ shape: Shape, ranks: Int, blas: String, tokenizer: String, data: String,
        separator: Int?
    ) {
        (steps, seed, batch) = (options.steps, options.seed, options.batch)
        (self.shape, self.ranks, self.blas) = (shape, ranks, blas)
        (self.tokenizer, self.data, self.separator) = (tokenizer, data, separator)
    }

    /// Takes over how far the other one came.
    mutating func progress(of other: CheckpointState) {
        (step, tokens, seconds) = (other.step, other.tokens, other.seconds)
    }

    /// A checkpoint of another training must not be gone on with; says what differs. The rank count may differ.
    func check(against wanted: CheckpointState, _ folder: String) throws {
        func same<Value: Equatable>(_ what: String, _ mine: Value, _ theirs: Value, _ advice: String) throws {
            guard mine != theirs else { return }
            throw KernelFault.data(
                "\(folder)/state.json: \(what) \(mine), but this run has \(theirs); \(advice)")
        }
        let sameOptions = "give the options the training began with, or begin anew without HANSA_RESUME"
        try same("the model is of", shape.description, wanted.shape.description, sameOptions)
        try same("trained with --batch", batch, wanted.batch, sameOptions)
        try same("trained with --seed", seed, wanted.seed, sameOptions)
        try same("trained for --steps", steps, wanted.steps, sameOptions)
        try same(
            "trained with the tokenizer of SHA-256", tokenizer, wanted.tokenizer,
            "the input folder tokenizer must be the one the training began with")
        try same(
            "trained on text of SHA-256", data, wanted.data,
            "the input folders train-<language> must be those the training began with")
        guard step <= steps else {
            throw KernelFault.data("\(folder)/state.json: step \(step) of \(steps)")
        }
    }
}
