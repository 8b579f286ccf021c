import Testing

@testable import TrainingKernel

extension ComputingTests {
    /// Every token is scored once, whatever the windows.
    @Suite struct ScorerTests {
        private let shape = Shape(layers: 1, width: 32, heads: 1, context: 32, vocabulary: 50)

        /// With all weights 0 every token costs ln 50, so the sum counts the tokens.
        @Test(arguments: [1, 2, 31, 32, 33, 63, 64, 65, 1025], [1, 7, 16, 31, 32])
        func countsEveryTokenOnce(tokens: Int, stride: Int) throws {
            let scorer = try Scorer(shape, products: .own)
            let text = (0..<tokens).map { UInt16($0 % 50) }
            let nats = scorer.score(text, separator: 10, stride: stride)
            #expect(abs(nats / 3.912023005428146 - Double(tokens)) < 1e-4 * Double(tokens))
        }

        /// The sum of the losses is that of training on the same tokens.
        @Test func equalsTheLossOfTraining() throws {
            let folder = try TemporaryFolder()
            let trainer = try Trainer(shape, batch: 1, ranks: 1, products: .own)
            let layout = trainer.network.layout
            InitialWeights.fill(trainer.network.parameters, shape: shape, layout: layout, seed: 5)
            let text = (0..<32).map { UInt16(Randomness.below(50, Randomness.key(UInt64($0)))) }
            for index in 0..<32 {
                trainer.tokens[index] = index == 0 ? 10 : Int32(text[index - 1])
                trainer.targets[index] = Int32(text[index])
            }
            var times = PhaseTimes()
            let loss = trainer.gradient(&times)
            let configuration = ModelConfiguration(shape, separator: 10, origin: nil)
            _ = try SafetensorsWriter.write(
                ModelFolder.parts(trainer.network.parameters, layout), metadata: [:],
                to: "\(folder.path)/model.safetensors")
            let scorer = try Scorer(shape, products: .own)
            try scorer.load(folder.path, configuration)
            #expect(abs(scorer.score(text, separator: 10, stride: 32) / 32 - loss) < 1e-5)
        }
    }
}
