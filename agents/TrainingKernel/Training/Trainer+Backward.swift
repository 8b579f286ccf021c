internal import CSimd

extension Trainer {
    /// Logits and loss of the pass, block by block; leaves the gradient of the last layernorm's output in `narrow`
    /// and adds that of the tied embedding. Answers the sum of the losses in nats.
    func backwardFromLoss(_ targets: UnsafeMutablePointer<Int32>) -> Double {
        let c = network.shape.width, words = network.shape.paddedVocabulary
        let rows = network.sequences * network.shape.context
        let embedding = network.parameters + network.layout.words
        let scale = 1 / Float(targetsPerStep)
        var loss = 0.0
        for row in stride(from: 0, to: rows, by: Self.logitRows) {
            let count = min(Self.logitRows, rows - row), final = network.final + row * c
            network.products.transposed(final, embedding, logits, rows: count, from: c, to: words)
            loss += csimd_cross_entropy(
                logits, targets + row, count, network.shape.vocabulary, words, scale)
            network.products.plain(logits, embedding, narrow + row * c, rows: count, from: words, to: c)
            network.products.accumulate(
                logits, final, gradients + network.layout.words, rows: count, from: words, to: c)
        }
        return loss
    }

    /// From the gradient of the last layernorm's output down to the embeddings. The bias of a matrix that adds to the
    /// residual stream gets its gradient from the layernorm above it, which has the stream's rows in hand.
    func backward(_ tokens: UnsafeMutablePointer<Int32>) {
        let shape = network.shape, layout = network.layout, c = shape.width
        let rows = network.sequences * shape.context, last = shape.layers - 1
        stream.update(repeating: 0, count: rows * c)
        csimd_ln_bwd(
            network.layers[last].output, network.parameters + layout.finalScale, network.finalMean,
            network.finalDeviation, narrow, stream, gradients + layout.finalScale,
            gradients + layout.finalBias,
            gradients + layout.layers[last].contractBias, rows, c)
        for index in stride(from: last, through: 0, by: -1) {
            backwardPerceptron(network.layers[index], layout.layers[index], rows: rows)
            backwardAttention(
                network.layers[index], layout.layers[index],
                input: index == 0 ? network.embedded : network.layers[index - 1].output,
                biasBelow: index == 0 ? nil : gradients + layout.layers[index - 1].contractBias, rows: rows)
        }
        for row in 0..<rows {
            csimd_add(stream + row * c, gradients + layout.words + Int(tokens[row]) * c, c)
            csimd_add(stream + row * c, gradients + layout.positions + (row % shape.context) * c, c)
        }
    }

    private func backwardPerceptron(_ a: Activations, _ l: Layout.Layer, rows: Int) {
        let c = network.shape.width, p = network.parameters, g = gradients
        network.products.accumulate(a.activated, stream, g + l.contractWeight, rows: rows, from: 4 * c, to: c)
        network.products.transposed(stream, p + l.contractWeight, wide, rows: rows, from: c, to: 4 * c)
        csimd_gelu_bwd(a.expanded, wide, g + l.expandBias, rows, 4 * c)
        network.products.transposed(wide, p + l.expandWeight, narrow, rows: rows, from: 4 * c, to: c)
        network.products.accumulate(a.norm2, wide, g + l.expandWeight, rows: rows, from: c, to: 4 * c)
        csimd_ln_bwd(
            a.middle, p + l.norm2Scale, a.mean2, a.deviation2, narrow, stream, g + l.norm2Scale,
            g + l.norm2Bias,
            g + l.projectionBias, rows, c)
    }

    private func backwardAttention(
        _ a: Activations, _ l: Layout.Layer, input: Floats, biasBelow: Floats?, rows: Int
    ) {
        let c = network.shape.width, p = network.parameters, g = gradients
        network.products.accumulate(a.attended, stream, g + l.projectionWeight, rows: rows, from: c, to: c)
        network.products.transposed(stream, p + l.projectionWeight, narrow, rows: rows, from: c, to: c)
        attendBackward(a)
        csimd_colsum(wide, g + l.attentionBias, rows, 3 * c)
        network.products.accumulate(a.norm1, wide, g + l.attentionWeight, rows: rows, from: c, to: 3 * c)
        network.products.transposed(wide, p + l.attentionWeight, narrow, rows: rows, from: 3 * c, to: c)
        csimd_ln_bwd(
            input, p + l.norm1Scale, a.mean1, a.deviation1, narrow, stream, g + l.norm1Scale, g + l.norm1Bias,
            biasBelow, rows, c)
    }

    /// From the gradient of the attended values, in `narrow`, to that of queries, keys and values, packed in `wide`.
    private func attendBackward(_ a: Activations) {
        let shape = network.shape, c = shape.width, t = shape.context, d = shape.headWidth
        let scale = 1 / Float(d).squareRoot(), panel = csimd_panel(), block = Network.queryBlock
        let values = network.panels, keys = values + t * d, outputs = keys + t * d, queries = outputs + t * d
        for sequence in 0..<network.sequences {
            for head in 0..<shape.heads {
                let base = a.attentionInput + sequence * t * 3 * c + head * d
                let probabilities = a.probabilities + (sequence * shape.heads + head) * t * t
                let out = narrow + sequence * t * c + head * d, g = wide + sequence * t * 3 * c + head * d
                csimd_pack_bt(base + 2 * c, 3 * c, d, t, values)
                csimd_pack_b(base + c, 3 * c, t, d, keys)
                csimd_pack_b(out, c, t, d, outputs)
                csimd_pack_b(base, 3 * c, t, d, queries)
                for row in stride(from: 0, to: t, by: block) {
                    let rows = min(block, t - row), seen = row + rows, w = weights + row * t
                    csimd_gemm_pb(rows, seen, d, 1, out + row * c, c, values, d, 0, w, t)
                    csimd_dsoftmax(probabilities + row * t, w, rows, seen, t, t)
                    csimd_gemm_pb(rows, d, seen, scale, w, t, keys, t, 0, g + row * 3 * c, 3 * c)
                }
                // A key is seen by the queries at and after it.
                for row in stride(from: 0, to: t, by: block) {
                    let rows = min(block, t - row), after = t - row, at = row * t + row
                    csimd_gemm_tpb(
                        rows, d, after, 1, probabilities + at, t, outputs + row * panel, t, 0,
                        g + 2 * c + row * 3 * c, 3 * c)
                    csimd_gemm_tpb(
                        rows, d, after, scale, weights + at, t, queries + row * panel, t, 0,
                        g + c + row * 3 * c,
                        3 * c)
                }
            }
        }
    }
}
