/// The command line of `train`, checked.
struct TrainOptions {
    var layers = 3
    var width = 192
    var heads = 6
    var context = 128
    var batch = 16
    var steps = 600
    var seed: UInt64 = 1
    var learningRate = 2e-3
    var warmup = 40
    var weightDecay = 0.1
    var clip = 1.0
    var checkpointEvery = 100
    var keep = 2
    var blas = "auto"
    var instructions: String?
    var linkSeconds: Double?

    static let options: [CommandLineOptions.Option] = [
        .init("layers", "n", "transformer layers"),
        .init("width", "n", "width of the residual stream; width / heads is a multiple of 32"),
        .init("heads", "n", "attention heads"),
        .init("context", "n", "tokens a sequence, a multiple of 32"),
        .init("batch", "n", "sequences a step over all ranks"),
        .init("steps", "n", "optimiser steps of the whole training"),
        .init("tokens", "n", "instead of --steps: tokens of the whole training"),
        .init("seed", "n", "decides initial weights and data order"),
        .init("learning-rate", "x", "peak of the schedule"),
        .init("warmup", "n", "steps of linear warm-up"),
        .init("weight-decay", "x", "of matrices"),
        .init("clip", "x", "largest norm of the gradient; 0 = none"),
        .init("checkpoint-every", "n", "steps between checkpoints; 0 = only when asked to stop"),
        .init("keep", "n", "checkpoints kept in this attempt"),
        .init("blas", "name", "own, openblas, dnnl, or auto"),
        .init("isa", "name", "base, avx2 or avx512 instead of the best"),
        .init("link-seconds", "x", "stop after so long as if asked to, with a checkpoint and exit code 85"),
    ]

    init() {}

    init(_ given: CommandLineOptions) throws {
        layers = try given.whole("layers", 1...128) ?? layers
        width = try given.whole("width", 32...8192) ?? width
        heads = try given.whole("heads", 1...256) ?? heads
        context = try given.whole("context", 32...8192) ?? context
        batch = try given.whole("batch", 1...65_536) ?? batch
        steps = try given.whole("steps", 1...100_000_000) ?? steps
        if let tokens = try given.whole("tokens", 1...1_000_000_000_000) {
            guard given.text("steps") == nil else {
                throw KernelFault.usage("--steps and --tokens say the same thing; give one")
            }
            steps = (tokens + batch * context - 1) / (batch * context)
        }
        seed = UInt64(try given.whole("seed", 0...Int.max) ?? Int(seed))
        learningRate = try given.number("learning-rate", 0...1) ?? learningRate
        warmup = try given.whole("warmup", 0...100_000_000) ?? min(warmup, steps / 10)
        weightDecay = try given.number("weight-decay", 0...10) ?? weightDecay
        clip = try given.number("clip", 0...1e9) ?? clip
        checkpointEvery = try given.whole("checkpoint-every", 0...100_000_000) ?? checkpointEvery
        keep = try given.whole("keep", 1...1000) ?? keep
        blas = try given.choice("blas", ProductChoice.words) ?? blas
        instructions = try given.choice("isa", Instructions.names)
        linkSeconds = try given.number("link-seconds", 0...1e9)
    }

    /// The model's shape with this tokenizer.
    func shape(vocabulary: Int) -> Shape {
        Shape(layers: layers, width: width, heads: heads, context: context, vocabulary: vocabulary)
    }
}
