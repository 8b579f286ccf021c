import Testing

@testable import TrainingKernel

extension ComputingTests {
    /// The gradient by hand against differences of the loss.
    @Suite struct GradientTests {
        @Test(arguments: Instructions.names)
        func equalsDifferencesOfTheLoss(instructions: String) throws {
            Instructions.choose(instructions)
            defer { Instructions.choose() }
            try check(.own)
        }

        @Test(arguments: ["openblas", "dnnl"])
        func equalsDifferencesOfTheLossWith(library: String) throws {
            guard let products = MatrixProducts.library(library) else { return }
            try check(products)
        }

        /// Several passes add up to the gradient of one.
        @Test func doesNotDependOnWhoComputesASequence() throws {
            let whole = try trainer(batch: 4, ranks: 1, .own), half = try trainer(batch: 4, ranks: 2, .own)
            let count = whole.network.layout.count
            var times = PhaseTimes()
            let loss = whole.gradient(&times)
            var halves = 0.0
            var sum = [Float](repeating: 0, count: count)
            for rank in 0..<2 {
                for index in 0..<2 * 64 {
                    half.tokens[index] = whole.tokens[rank * 2 * 64 + index]
                    half.targets[index] = whole.targets[rank * 2 * 64 + index]
                }
                halves += half.gradient(&times)
                for index in 0..<count { sum[index] += half.gradients[index] }
            }
            #expect(abs(loss - halves) < 1e-6)
            let difference = (0..<count).map { abs(sum[$0] - whole.gradients[$0]) }.max() ?? 1
            #expect(difference < 1e-6)
        }

        private func trainer(batch: Int, ranks: Int, _ products: MatrixProducts) throws -> Trainer {
            let shape = Shape(layers: 2, width: 64, heads: 2, context: 64, vocabulary: 40)
            let trainer = try Trainer(shape, batch: batch, ranks: ranks, products: products)
            let layout = trainer.network.layout, parameters = trainer.network.parameters
            InitialWeights.fill(parameters, shape: shape, layout: layout, seed: 3)
            for tensor in layout.tensors {
                for index in 0..<tensor.count {
                    let random =
                        Float(Randomness.below(2001, Randomness.mix(UInt64(tensor.offset + index)))) - 1000
                    // Larger than at the start of a training, so that softmax and GELU leave their linear part.
                    if tensor.decays { parameters[tensor.offset + index] *= 4 }
                    if !tensor.decays { parameters[tensor.offset + index] += random * 2e-4 }
                }
            }
            for index in 0..<trainer.share * shape.context {
                trainer.tokens[index] = Int32(Randomness.below(40, Randomness.key(1, UInt64(index))))
                trainer.targets[index] = Int32(Randomness.below(40, Randomness.key(2, UInt64(index))))
            }
            return trainer
        }

        /// Along each tensor's own gradient the loss must rise by the gradient's length.
        private func check(_ products: MatrixProducts) throws {
            let trainer = try trainer(batch: 2, ranks: 1, products)
            let parameters = trainer.network.parameters
            var times = PhaseTimes()
            _ = trainer.gradient(&times)
            let count = trainer.network.layout.count
            let gradient = Array(UnsafeBufferPointer(start: trainer.gradients, count: count))
            let before = Array(UnsafeBufferPointer(start: parameters, count: count))
            for tensor in trainer.network.layout.tensors {
                let places = tensor.offset..<tensor.offset + tensor.count
                let length = places.reduce(0.0) { $0 + Double(gradient[$1]) * Double(gradient[$1]) }
                    .squareRoot()
                #expect(length > 0, "\(tensor.name)")
                let step = min(0.01, 0.05 / length)
                func loss(_ distance: Double) -> Double {
                    for place in places {
                        parameters[place] = before[place] + Float(distance * Double(gradient[place]) / length)
                    }
                    return trainer.gradient(&times)
                }
                let slope = (loss(step) - loss(-step)) / (2 * step)
                for place in places { parameters[place] = before[place] }
                #expect(abs(slope - length) < 0.01 * length + 2e-4, "\(tensor.name): \(slope) and \(length)")
            }
        }
    }
}
