/// The size of a model. All matrices are dense and row-major.
struct Shape: Codable, Equatable {
    var layers: Int
    var width: Int
    var heads: Int
    var context: Int
    var vocabulary: Int

    /// Width of one head.
    var headWidth: Int { width / heads }
    /// Rows of the embedding as stored in memory: the sgemm wants whole panels; the added words cannot be said.
    var paddedVocabulary: Int { (vocabulary + 31) / 32 * 32 }

    /// What the kernels need of a shape, each said in words.
    func validate() throws {
        func check(_ condition: Bool, _ text: String) throws {
            if !condition { throw KernelFault.usage("model shape \(self): \(text)") }
        }
        try check(layers >= 1 && layers <= 128, "1 to 128 layers are possible")
        try check(heads >= 1 && width % heads == 0, "the width must be a multiple of the heads")
        try check(headWidth % 32 == 0, "the width of a head (width / heads) must be a multiple of 32")
        try check(width <= 8192, "the width may be 8192 at most")
        try check(
            context >= 32 && context <= 8192 && context % 32 == 0,
            "the context must be a multiple of 32 up to 8192")
        try check(vocabulary >= 2 && vocabulary <= 65_536, "the vocabulary must hold 2 to 65536 words")
    }

    /// Parameters that count for the cost of a token (PaLM convention: without the position embedding).
    var multiplyingParameters: Int { parameters - context * width }

    /// All parameters.
    var parameters: Int {
        vocabulary * width + context * width + layers * (12 * width * width + 13 * width) + 2 * width
    }

    /// Floating-point operations to train on one token: 6N + 12·L·T·C.
    var flopPerToken: Double {
        6 * Double(multiplyingParameters) + 12 * Double(layers * context * width)
    }
}

extension Shape: CustomStringConvertible {
    var description: String {
        "\(layers) layers, width \(width), \(heads) heads, context \(context), vocabulary \(vocabulary)"
    }
}
