/// What a model makes of one language's held-out text. Bits per byte and per character of the same text.
struct EvaluationResult: Encodable {
    enum CodingKeys: String, CodingKey {
        case kind, language, variant, bpb, bpc, bytes, characters, tokens, seconds, tokensPerSecond, stride,
            context
        case parameters, model, method
        case uniform = "uniform_bpb"
        case unigram = "unigram_bpb"
        case unigramReason = "unigram_reason"
        case xz = "xz_bpb"
        case xzReason = "xz_reason"
    }

    var kind = "evaluation"
    let language: String
    let variant: String
    let bpb: Double
    let bpc: Double
    let bytes: Int
    let characters: Int
    let tokens: Int
    /// Of a model to which all tokens are equal.
    let uniform: Double
    /// Of one that knows the tokens' frequencies; nil with a reason.
    let unigram: Double?
    let unigramReason: String?
    let xz: Double?
    let xzReason: String?
    let seconds: Double
    let tokensPerSecond: Double
    let stride: Int
    let context: Int
    let parameters: Int
    /// SHA-256 of the weights.
    let model: String
    var method =
        "sum of the losses of all tokens, newline included, each scored once; windows of context tokens"

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(language, forKey: .language)
        try container.encode(variant, forKey: .variant)
        try container.encode(bpb, forKey: .bpb)
        try container.encode(bpc, forKey: .bpc)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(characters, forKey: .characters)
        try container.encode(tokens, forKey: .tokens)
        try container.encode(uniform, forKey: .uniform)
        // A baseline that could not be had stands as null, with the reason beside it.
        try container.encode(unigram, forKey: .unigram)
        try container.encodeIfPresent(unigramReason, forKey: .unigramReason)
        try container.encode(xz, forKey: .xz)
        try container.encodeIfPresent(xzReason, forKey: .xzReason)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(tokensPerSecond, forKey: .tokensPerSecond)
        try container.encode(stride, forKey: .stride)
        try container.encode(context, forKey: .context)
        try container.encode(parameters, forKey: .parameters)
        try container.encode(model, forKey: .model)
        try container.encode(method, forKey: .method)
    }
}
