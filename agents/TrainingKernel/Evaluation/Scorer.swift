internal import CSimd

/// Runs a model forward over a text in windows and sums the losses of its tokens.
struct Scorer {
    private let network: Network
    private let tokens: UnsafeMutablePointer<Int32>, targets: UnsafeMutablePointer<Int32>
    private let logits: Floats, losses: Floats
    private let arena: Arena

    /// Rows of one pass: enough to fill the caches, few enough to stay in them.
    private static let rows = 1024

    init(_ shape: Shape, products: MatrixProducts) throws {
        let sequences = max(1, Self.rows / shape.context)
        let network = try Network(shape, sequences: sequences, forTraining: false, products: products)
        let arena = Arena()
        tokens = try arena.tokens(sequences * shape.context)
        targets = try arena.tokens(sequences * shape.context + 2)
        logits = try arena.floats((shape.context + 2) * shape.paddedVocabulary)
        losses = try arena.floats(shape.context + 2)
        self.network = network
        self.arena = arena
    }

    /// Reads the weights of a model folder.
    func load(_ folder: String, _ configuration: ModelConfiguration) throws {
        try ModelFolder.read(folder, configuration, network.layout, into: network.parameters)
    }

    /// The sum of the losses, in nats, of all tokens, each scored once. The first follows the separator. A window
    /// begins `stride` tokens after the one before it; what it shares with that one only serves as context.
    func score(_ text: [UInt16], separator: UInt16, stride: Int) -> Double {
        let context = network.shape.context
        var total = 0.0, starts: [Int] = [], start = 0
        while start + (start == 0 ? 0 : context - stride) < text.count {
            starts.append(start)
            start += stride
        }
        for first in Swift.stride(from: 0, to: starts.count, by: network.sequences) {
            let count = min(network.sequences, starts.count - first)
            for index in 0..<count {
                fill(text, separator, from: starts[first + index], into: index * context)
            }
            network.forward(tokens, sequences: count)
            for index in 0..<count {
                let start = starts[first + index], skipped = start == 0 ? 0 : context - stride
                let end = min(context, text.count - start)
                total += losses(row: index * context + skipped, count: end - skipped)
            }
        }
        return total
    }

    private func fill(_ text: [UInt16], _ separator: UInt16, from start: Int, into row: Int) {
        for index in 0..<network.shape.context {
            let place = start + index
            tokens[row + index] = Int32(place == 0 || place > text.count ? separator : text[place - 1])
            targets[row + index] = Int32(place < text.count ? text[place] : separator)
        }
    }

    /// The losses of some rows of the pass.
    private func losses(row: Int, count: Int) -> Double {
        let c = network.shape.width, words = network.shape.paddedVocabulary
        let total = network.sequences * network.shape.context
        // The sgemm takes rows by two: the odd one is the row after, or else the row before.
        let isOdd = count % 2 == 1, first = isOdd && row + count == total ? row - 1 : row
        let rows = isOdd ? count + 1 : count
        network.products.transposed(
            network.final + first * c, network.parameters + network.layout.words, logits, rows: rows, from: c,
            to: words)
        csimd_losses(logits, targets + first, rows, network.shape.vocabulary, words, losses)
        return (0..<count).reduce(0.0) { $0 + Double(losses[$1 + row - first]) }
    }
}
