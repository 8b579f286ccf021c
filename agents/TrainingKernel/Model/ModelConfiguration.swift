/// `config.json` of a model folder, in the form that transformers reads as a GPT-2.
struct ModelConfiguration: Codable {
    /// How the matrices are stored when they are not F32.
    struct Quantisation: Codable {
        /// "int8": rows of I8 beside an F32 tensor `<name>.scale` with one scale a row.
        var method = "int8"
        var granularity = "row"
        var symmetric = true
    }

    /// What transformers does not know: where the weights come from.
    struct Origin: Codable {
        var kernel = Kernel.version
        var steps: Int
        var tokens: Int
    }

    enum CodingKeys: String, CodingKey {
        case architectures
        case kind = "model_type"
        case layers = "n_layer"
        case width = "n_embd"
        case heads = "n_head"
        case context = "n_positions"
        case contextAgain = "n_ctx"
        case vocabulary = "vocab_size"
        case activation = "activation_function"
        case epsilon = "layer_norm_epsilon"
        case attentionDropout = "attn_pdrop"
        case embeddingDropout = "embd_pdrop"
        case residualDropout = "resid_pdrop"
        case deviation = "initializer_range"
        case tied = "tie_word_embeddings"
        case type = "torch_dtype"
        case beginning = "bos_token_id"
        case ending = "eos_token_id"
        case origin = "hansa"
        case quantisation = "quantization"
    }

    var architectures = ["GPT2LMHeadModel"]
    var kind = "gpt2"
    var layers: Int
    var width: Int
    var heads: Int
    var context: Int
    var contextAgain: Int
    var vocabulary: Int
    var activation = "gelu_new"
    var epsilon = 1e-5
    var attentionDropout = 0.0
    var embeddingDropout = 0.0
    var residualDropout = 0.0
    var deviation = 0.02
    var tied = true
    var type = "float32"
    /// The document separator's token.
    var beginning: Int?
    var ending: Int?
    var origin: Origin?
    var quantisation: Quantisation?

    init(_ shape: Shape, separator: Int?, origin: Origin?) {
        (layers, width, heads) = (shape.layers, shape.width, shape.heads)
        (context, contextAgain, vocabulary) = (shape.context, shape.context, shape.vocabulary)
        (beginning, ending) = (separator, separator)
        self.origin = origin
    }

    var shape: Shape {
        Shape(layers: layers, width: width, heads: heads, context: context, vocabulary: vocabulary)
    }

    /// Reads and checks the file: another architecture has to be refused, not misread.
    static func read(_ path: String) throws -> ModelConfiguration {
        let found = try JSONText.read(Reader.self, path)
        guard found.kind == "gpt2", found.activation ?? "gelu_new" == "gelu_new" else {
            throw KernelFault.data(
                "\(path): model_type \(found.kind) with \(found.activation ?? "gelu_new"); only gpt2 with gelu_new is known"
            )
        }
        let shape = Shape(
            layers: found.layers, width: found.width, heads: found.heads, context: found.context,
            vocabulary: found.vocabulary)
        do {
            try shape.validate()
        } catch {
            throw KernelFault.data("\(path): \(error)")
        }
        var configuration = ModelConfiguration(shape, separator: found.beginning, origin: found.origin)
        configuration.quantisation = found.quantisation
        if let method = found.quantisation?.method, method != "int8" {
            throw KernelFault.data("\(path): quantization \(method); only int8 is known")
        }
        return configuration
    }

    /// What has to be in the file; the rest may be missing in foreign ones.
    private struct Reader: Decodable {
        enum CodingKeys: String, CodingKey {
            case kind = "model_type"
            case layers = "n_layer"
            case width = "n_embd"
            case heads = "n_head"
            case context = "n_positions"
            case vocabulary = "vocab_size"
            case activation = "activation_function"
            case beginning = "bos_token_id"
            case origin = "hansa"
            case quantisation = "quantization"
        }

        let kind: String
        let layers: Int
        let width: Int
        let heads: Int
        let context: Int
        let vocabulary: Int
        let activation: String?
        let beginning: Int?
        let origin: Origin?
        let quantisation: Quantisation?
    }
}
