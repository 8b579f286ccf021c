import Testing

@testable import TrainingKernel

extension ComputingTests {
    @Suite struct QuantisationTests {
        private let shape = Shape(layers: 1, width: 32, heads: 1, context: 32, vocabulary: 33)

        /// Rounding to the nearest step errs by half a step at most; the largest weight of a row is met exactly.
        @Test func errsByHalfAStepAtMost() throws {
            let folder = try TemporaryFolder(), arena = Arena(), layout = Layout(shape)
            let parameters = try arena.floats(layout.count), read = try arena.floats(layout.count)
            InitialWeights.fill(parameters, shape: shape, layout: layout, seed: 8)
            for index in 0..<32 { parameters[layout.words + index] = 0 }  // a row of zeros has no scale
            var configuration = ModelConfiguration(shape, separator: nil, origin: nil)
            configuration.quantisation = .init()
            try Files.makeFolder("\(folder.path)/tokenizer")
            let error = try QuantiseCommand.write(
                parameters, layout, configuration, tokenizer: "\(folder.path)/tokenizer", to: folder.path)
            let again = try ModelConfiguration.read("\(folder.path)/config.json")
            #expect(again.quantisation?.method == "int8")
            try ModelFolder.read(folder.path, again, layout, into: read)
            var worst: Float = 0
            for tensor in layout.tensors {
                let columns = tensor.shape.count == 2 ? tensor.shape[1] : 1
                for row in 0..<tensor.count / columns {
                    let places = (0..<columns).map { tensor.offset + row * columns + $0 }
                    let largest = places.map { abs(parameters[$0]) }.max() ?? 0
                    for place in places {
                        let difference = abs(parameters[place] - read[place])
                        worst = max(worst, difference)
                        #expect(
                            difference <= (columns == 1 ? 0 : largest / 127 / 2 * 1.0001), "\(tensor.name)")
                    }
                }
            }
            #expect(worst == error)
            #expect(error > 0)
            withExtendedLifetime(arena) {}
        }
    }
}
