internal import CSimd

/// One rank's share of the training: gradients by hand, moments of AdamW, and the way back through the network.
struct Trainer {
    let network: Network
    /// Sequences of this rank in one step; a pass takes `network.sequences` of them and gradients add up.
    let share: Int
    /// Targets of the whole run's step: what the loss is divided by.
    let targetsPerStep: Int
    let gradients: Floats, firstMoments: Floats, secondMoments: Floats
    let tokens: UnsafeMutablePointer<Int32>, targets: UnsafeMutablePointer<Int32>
    /// Gradients of the residual stream, of a row of width, of a row of 4·width, and of one head's attention weights.
    let stream: Floats, narrow: Floats, wide: Floats, weights: Floats
    let logits: Floats
    private let arena: Arena

    /// Rows of logits made at a time: they are the widest rows, and stay in the cache between loss and gradient.
    static let logitRows = 512
    /// Bytes of activations one pass may take; larger shares are cut into several passes.
    static let activationBytes = 256 << 20

    /// `batch` sequences a step over all `ranks`.
    init(_ shape: Shape, batch: Int, ranks: Int, products: MatrixProducts) throws {
        try shape.validate()
        guard batch % ranks == 0 else {
            throw KernelFault.usage("--batch \(batch) must be a multiple of the \(ranks) ranks")
        }
        let share = batch / ranks, sequences = Self.sequencesPerPass(shape, share: share)
        let network = try Network(shape, sequences: sequences, forTraining: true, products: products)
        let rows = sequences * shape.context, c = shape.width, count = network.layout.count
        let arena = Arena()
        gradients = try arena.floats(count)
        firstMoments = try arena.floats(count)
        secondMoments = try arena.floats(count)
        tokens = try arena.tokens(share * shape.context)
        targets = try arena.tokens(share * shape.context)
        stream = try arena.floats(rows * c)
        narrow = try arena.floats(rows * c)
        wide = try arena.floats(4 * rows * c)
        weights = try arena.floats(shape.context * shape.context)
        logits = try arena.floats(min(rows, Self.logitRows) * shape.paddedVocabulary)
        self.share = share
        targetsPerStep = batch * shape.context
        self.network = network
        self.arena = arena
    }

    /// The most sequences that divide the share and fit the memory of a pass.
    private static func sequencesPerPass(_ shape: Shape, share: Int) -> Int {
        let fitting = max(1, activationBytes / (shape.layers * Activations.bytesPerSequence(shape)))
        return (1...share).last { $0 <= fitting && share % $0 == 0 } ?? 1
    }

    /// Makes the gradient of this rank's tokens; answers their part of the mean loss in nats.
    func gradient(_ times: inout PhaseTimes) -> Double {
        gradients.update(repeating: 0, count: network.layout.count)
        let rows = network.sequences * network.shape.context
        var loss = 0.0
        for pass in 0..<share / network.sequences {
            let from = csimd_seconds()
            network.forward(tokens + pass * rows, sequences: network.sequences)
            let middle = csimd_seconds()
            loss += backwardFromLoss(targets + pass * rows)
            backward(tokens + pass * rows)
            times.forward += middle - from
            times.backward += csimd_seconds() - middle
        }
        return loss / Double(targetsPerStep)
    }

    /// Clips to the norm and moves the parameters; answers the norm before clipping. `step` counts from 1.
    func update(step: Int, rate: Float, clip: Double, decay: Float) -> Double {
        let count = network.layout.count
        let norm = csimd_sumsq(gradients, count).squareRoot()
        let scale = clip > 0 && norm > clip ? Float(clip / (norm + 1e-6)) : 1
        let (beta1, beta2): (Float, Float) = (0.9, 0.95)
        let correction1 = 1 - Self.power(beta1, step), correction2 = 1 - Self.power(beta2, step)
        for tensor in network.layout.tensors {
            let at = tensor.offset
            csimd_adamw(
                network.parameters + at, gradients + at, firstMoments + at, secondMoments + at, tensor.count,
                scale,
                rate, beta1, beta2, 1e-8, tensor.decays ? decay : 0, correction1, correction2)
        }
        return norm
    }

    /// By repeated multiplication: the same on every node, unlike a library's pow.
    private static func power(_ base: Float, _ exponent: Int) -> Float {
        var result: Float = 1
        for _ in 0..<min(exponent, 4096) { result *= base }
        return result
    }
}
