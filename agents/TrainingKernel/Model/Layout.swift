/// Where every tensor stands in one flat vector; parameters, gradients and both moments share it, so that the
/// allreduce, the clipping, AdamW and a checkpoint are linear sweeps.
struct Layout {
    /// Offsets of one layer.
    struct Layer {
        var norm1Scale = 0
        var norm1Bias = 0
        var attentionWeight = 0
        var attentionBias = 0
        var projectionWeight = 0
        var projectionBias = 0
        var norm2Scale = 0
        var norm2Bias = 0
        var expandWeight = 0
        var expandBias = 0
        var contractWeight = 0
        var contractBias = 0
    }

    private(set) var words = 0
    private(set) var positions = 0
    private(set) var finalScale = 0
    private(set) var finalBias = 0
    private(set) var layers: [Layer] = []
    /// All tensors in order.
    private(set) var tensors: [Tensor] = []
    /// Floats of the whole vector, padding of the vocabulary included.
    private(set) var count = 0

    init(_ shape: Shape) {
        let c = shape.width
        words = add("wte.weight", [shape.vocabulary, c], .matrix, room: shape.paddedVocabulary * c)
        positions = add("wpe.weight", [shape.context, c], .matrix)
        for index in 0..<shape.layers {
            var layer = Layer()
            func name(_ part: String) -> String { "h.\(index).\(part)" }
            layer.norm1Scale = add(name("ln_1.weight"), [c], .scale)
            layer.norm1Bias = add(name("ln_1.bias"), [c], .bias)
            layer.attentionWeight = add(name("attn.c_attn.weight"), [c, 3 * c], .matrix)
            layer.attentionBias = add(name("attn.c_attn.bias"), [3 * c], .bias)
            layer.projectionWeight = add(name("attn.c_proj.weight"), [c, c], .residual)
            layer.projectionBias = add(name("attn.c_proj.bias"), [c], .bias)
            layer.norm2Scale = add(name("ln_2.weight"), [c], .scale)
            layer.norm2Bias = add(name("ln_2.bias"), [c], .bias)
            layer.expandWeight = add(name("mlp.c_fc.weight"), [c, 4 * c], .matrix)
            layer.expandBias = add(name("mlp.c_fc.bias"), [4 * c], .bias)
            layer.contractWeight = add(name("mlp.c_proj.weight"), [4 * c, c], .residual)
            layer.contractBias = add(name("mlp.c_proj.bias"), [c], .bias)
            layers.append(layer)
        }
        finalScale = add("ln_f.weight", [c], .scale)
        finalBias = add("ln_f.bias", [c], .bias)
    }

    private mutating func add(_ name: String, _ shape: [Int], _ role: Tensor.Role, room: Int? = nil) -> Int {
        let tensor = Tensor(name: "transformer." + name, shape: shape, role: role, offset: count)
        tensors.append(tensor)
        count += room ?? tensor.count
        return tensor.offset
    }
}
