internal import Glibc

/// The baseline that knows how often each token stands in the training text, and nothing of its order.
struct UnigramModel {
    private struct Counts: Decodable {
        let counts: [Int]
    }

    private let bits: [Double]

    /// Reads `unigram.json` of the tokenizer's folder; every token counts once more, so that none costs infinitely much.
    init(_ folder: String, vocabulary: Int) throws {
        let path = "\(folder)/unigram.json"
        let counts = try JSONText.read(Counts.self, path).counts
        guard counts.count == vocabulary, counts.allSatisfy({ $0 >= 0 }) else {
            throw KernelFault.data(
                "\(path) has \(counts.count) counts; the tokenizer has \(vocabulary) tokens")
        }
        let total = Double(counts.reduce(0, +) + vocabulary)
        bits = counts.map { log2(total / Double($0 + 1)) }
    }

    /// Bits of the whole text.
    func bits(_ tokens: [UInt16]) -> Double { tokens.reduce(0.0) { $0 + bits[Int($1)] } }
}
