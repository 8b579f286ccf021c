internal import Glibc

/// GPT-2's initial weights: normal with deviation 0.02, residual projections smaller by the root of twice the depth.
enum InitialWeights {
    static func fill(_ parameters: Floats, shape: Shape, layout: Layout, seed: UInt64) {
        let residual = Float(0.02) / Float(2 * shape.layers).squareRoot()
        for tensor in layout.tensors {
            let values = parameters + tensor.offset
            switch tensor.role {
            case .scale: values.update(repeating: 1, count: tensor.count)
            case .bias: values.update(repeating: 0, count: tensor.count)
            case .matrix, .residual:
                let deviation = tensor.role == .residual ? residual : 0.02
                let key = Randomness.key(seed, UInt64(tensor.offset))
                for index in 0..<tensor.count {
                    values[index] = deviation * normal(Randomness.mix(key &+ UInt64(index)))
                }
            }
        }
    }

    /// Box and Muller, from the two halves of one random number.
    private static func normal(_ random: UInt64) -> Float {
        let u = (Float(random >> 40) + 0.5) / 16_777_216
        let w = Float(random & 0xFF_FFFF) / 16_777_216
        return (-2 * logf(u)).squareRoot() * cosf(2 * .pi * w)
    }
}
