internal import CSimd

/// A GPT-2 forward: parameters and the buffers of one pass over a number of sequences.
struct Network {
    let shape: Shape
    let layout: Layout
    let products: MatrixProducts
    /// Sequences of one pass at most.
    let sequences: Int
    let parameters: Floats
    let layers: [Activations]
    /// Token and position embeddings, the first layer's input.
    let embedded: Floats
    let final: Floats, finalMean: Floats, finalDeviation: Floats
    /// Packed panels of one head's keys, values, queries and output gradients.
    let panels: Floats
    let arena: Arena

    /// Columns of queries in one block of the attention: only the keys before the block's end are multiplied.
    static let queryBlock = 64

    init(_ shape: Shape, sequences: Int, forTraining: Bool, products: MatrixProducts) throws {
        try shape.validate()
        self.shape = shape
        self.sequences = sequences
        self.products = products
        let layout = Layout(shape)
        let arena = Arena()
        let rows = sequences * shape.context, c = shape.width
        parameters = try arena.floats(layout.count)
        if forTraining {
            var all: [Activations] = []
            for _ in 0..<shape.layers {
                all.append(
                    try Activations(shape, sequences: sequences, keepsProbabilities: true, arena))
            }
            layers = all
        } else {
            let shared = try Activations(shape, sequences: sequences, keepsProbabilities: false, arena)
            layers = Array(repeating: shared, count: shape.layers)
        }
        embedded = try arena.floats(rows * c)
        final = try arena.floats(rows * c)
        finalMean = try arena.floats(rows)
        finalDeviation = try arena.floats(rows)
        panels = try arena.floats(4 * shape.context * shape.headWidth)
        self.layout = layout
        self.arena = arena
    }

    /// Runs the first `count` sequences, of `shape.context` tokens each, up to the last layernorm.
    func forward(_ tokens: UnsafeMutablePointer<Int32>, sequences count: Int) {
        let c = shape.width, t = shape.context, rows = count * t
        for row in 0..<rows {
            csimd_add2(
                parameters + layout.words + Int(tokens[row]) * c,
                parameters + layout.positions + (row % t) * c,
                embedded + row * c, c)
        }
        var input = embedded
        for index in 0..<shape.layers {
            forward(layers[index], layout.layers[index], input: input, sequences: count)
            input = layers[index].output
        }
        csimd_ln_fwd(
            input, parameters + layout.finalScale, parameters + layout.finalBias, final, finalMean,
            finalDeviation, rows, c)
    }

    private func forward(_ a: Activations, _ l: Layout.Layer, input: Floats, sequences count: Int) {
        let c = shape.width, rows = count * shape.context, p = parameters
        csimd_ln_fwd(input, p + l.norm1Scale, p + l.norm1Bias, a.norm1, a.mean1, a.deviation1, rows, c)
        products.linear(
            a.norm1, p + l.attentionWeight, bias: p + l.attentionBias, a.attentionInput, rows: rows, from: c,
            to: 3 * c)
        attend(a, sequences: count)
        products.residual(
            a.attended, p + l.projectionWeight, bias: p + l.projectionBias, input, a.middle, rows: rows,
            from: c,
            to: c)
        csimd_ln_fwd(a.middle, p + l.norm2Scale, p + l.norm2Bias, a.norm2, a.mean2, a.deviation2, rows, c)
        products.gelu(
            a.norm2, p + l.expandWeight, bias: p + l.expandBias, a.expanded, a.activated, rows: rows, from: c,
            to: 4 * c)
        products.residual(
            a.activated, p + l.contractWeight, bias: p + l.contractBias, a.middle, a.output, rows: rows,
            from: 4 * c, to: c)
    }

    /// Causal attention, head by head over strided views of the packed queries, keys and values.
    private func attend(_ a: Activations, sequences count: Int) {
        let c = shape.width, t = shape.context, d = shape.headWidth
        let scale = 1 / Float(d).squareRoot(), keys = panels, values = panels + t * d
        for sequence in 0..<count {
            for head in 0..<shape.heads {
                let base = a.attentionInput + sequence * t * 3 * c + head * d
                let weights = a.probabilities + (sequence * shape.heads + head) * a.probabilityStride
                let out = a.attended + sequence * t * c + head * d
                csimd_pack_bt(base + c, 3 * c, d, t, keys)
                csimd_pack_b(base + 2 * c, 3 * c, t, d, values)
                for row in stride(from: 0, to: t, by: Self.queryBlock) {
                    let block = min(Self.queryBlock, t - row), seen = row + block, w = weights + row * t
                    csimd_gemm_pb(block, seen, d, scale, base + row * 3 * c, 3 * c, keys, d, 0, w, t)
                    csimd_softmax_causal(w, block, seen, t, row)
                    csimd_gemm_pb(block, d, seen, 1, w, t, values, t, 0, out + row * c, c)
                }
            }
        }
    }
}
