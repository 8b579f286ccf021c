internal import CSimd
internal import Glibc

/// A loaded model with its tokenizer and baselines, ready to score texts.
struct Evaluation {
    private let configuration: ModelConfiguration
    private let weights: String
    private let tokenizer: Tokenizer
    private let separator: UInt16
    private let unigram: Result<UnigramModel, KernelFault>
    private let scorer: Scorer
    private let variant: String
    private let stride: Int
    private let withXZ: Bool

    init(_ folder: RunFolder, variant: String, stride: Int?, blas: String, withXZ: Bool) throws {
        let model = try folder.input("model")
        let configuration = try ModelConfiguration.read("\(model)/\(ModelFolder.configuration)")
        guard (variant == "int8") == (configuration.quantisation != nil) else {
            throw KernelFault.data(
                "--variant \(variant), but the input folder model is \(configuration.quantisation == nil ? "F32" : "int8")"
            )
        }
        let shape = configuration.shape
        if let stride, stride > shape.context {
            throw KernelFault.usage("--stride \(stride): the model's context is \(shape.context)")
        }
        let hasOwn = Files.isFile("\(model)/tokenizer.json")
        let place = hasOwn ? model : try folder.input("tokenizer")
        let tokenizer = try Tokenizer.load(folder: place)
        guard tokenizer.vocabularySize == shape.vocabulary else {
            throw KernelFault.data(
                "the tokenizer in \(place) has \(tokenizer.vocabularySize) tokens, the model \(shape.vocabulary)"
            )
        }
        guard let separator = tokenizer.encode("\n").first else {
            throw KernelFault.data("the tokenizer in \(place) has no token for a newline")
        }
        let hasCounts = Files.isFile("\(place)/unigram.json")
        let counts = hasCounts ? place : (try? folder.input("tokenizer")) ?? place
        do {
            unigram = .success(try UnigramModel(counts, vocabulary: shape.vocabulary))
        } catch let fault as KernelFault {
            unigram = .failure(fault)
        }
        let products: MatrixProducts? = blas == "own" ? .own : .library(blas)
        guard let products else { throw KernelFault.data("--blas \(blas): the library is not on this node") }
        let scorer = try Scorer(shape, products: products)
        try scorer.load(model, configuration)
        weights = try SHA256.of(file: "\(model)/\(ModelFolder.weights)")
        (self.configuration, self.tokenizer, self.separator) = (configuration, tokenizer, separator)
        (self.variant, self.stride, self.withXZ) = (variant, stride ?? shape.context, withXZ)
        self.scorer = scorer
    }

    /// Scores one text.
    func result(_ text: HeldOutText) throws -> EvaluationResult {
        let from = csimd_seconds(), vocabulary = configuration.vocabulary
        let tokens = text.bytes.withUnsafeBytes { tokenizer.encode($0) }
        guard !tokens.isEmpty, tokens.allSatisfy({ $0 < vocabulary }) else {
            throw KernelFault.data("the tokenizer gave no tokens of the \(vocabulary) for \(text.language)")
        }
        let bits = scorer.score(tokens, separator: separator, stride: stride) / 0.693147180559945309
        let seconds = csimd_seconds() - from
        let bytes = Double(text.bytes.count)
        let xz = withXZ ? XZBaseline.compressedBytes(text.bytes) : (bytes: nil, reason: "--no-xz")
        let (unigramBits, unigramReason): (Double?, String?) =
            switch unigram {
            case .success(let model): (model.bits(tokens), nil)
            case .failure(let fault): (nil, fault.message)
            }
        return EvaluationResult(
            language: text.language, variant: variant, bpb: bits / bytes, bpc: bits / Double(text.characters),
            bytes: text.bytes.count, characters: text.characters, tokens: tokens.count,
            uniform: Self.bits(vocabulary) * Double(tokens.count) / bytes,
            unigram: unigramBits.map { $0 / bytes }, unigramReason: unigramReason,
            xz: xz.bytes.map { Double(8 * $0) / bytes }, xzReason: xz.reason, seconds: seconds,
            tokensPerSecond: (Double(tokens.count) / seconds).rounded(), stride: stride,
            context: configuration.context, parameters: configuration.shape.parameters, model: weights)
    }

    private static func bits(_ count: Int) -> Double { log2(Double(count)) }
}
