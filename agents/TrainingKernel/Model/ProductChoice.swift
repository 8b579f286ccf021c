internal import CSimd

/// Chooses who multiplies. On AVX2 the own sgemm beat both libraries wherever it was measured; on AVX-512 it depends
/// on processor and shape, so a short probe decides. All ranks use the root's choice.
enum ProductChoice {
    static let words = ["auto", "own", "openblas", "dnnl"]

    /// A library must be this much faster: the own sgemm gives the same result on every node.
    private static let margin = 1.05

    static func choose(_ wanted: String, shape: Shape, instructions: String, world: World) throws
        -> MatrixProducts
    {
        guard wanted == "auto" else { return try named(wanted) }
        guard instructions == "avx512" else { return .own }
        let index = world.broadcast(world.isRoot ? try probe(shape) : 0, root: 0)
        return try world.together { try named(words[index]) }
    }

    private static func named(_ name: String) throws -> MatrixProducts {
        if name == "own" { return .own }
        guard let products = MatrixProducts.library(name) else {
            throw KernelFault.data(
                "--blas \(name): the library is not on this node (libdnnl.so.2 or libopenblas.so.0); --blas own needs none"
            )
        }
        return products
    }

    /// About 50 ms: a linear layer forward and its weight gradient, the two forms where the libraries differ most.
    private static func probe(_ shape: Shape) throws -> Int {
        let c = shape.width, rows = 512
        let arena = Arena()
        defer { withExtendedLifetime(arena) {} }  // the pointers below are its
        let x = try arena.floats(rows * c), w = try arena.floats(4 * c * c), bias = try arena.floats(4 * c)
        let out = try arena.floats(rows * 4 * c), activated = try arena.floats(rows * 4 * c)
        var best = (index: 1, seconds: Double.infinity)
        for index in 1..<words.count {
            guard let products = try? named(words[index]) else { continue }
            var fastest = Double.infinity
            let start = csimd_seconds()
            while csimd_seconds() - start < 0.015 {
                let from = csimd_seconds()
                products.gelu(x, w, bias: bias, out, activated, rows: rows, from: c, to: 4 * c)
                products.transposed(out, w, x, rows: rows, from: 4 * c, to: c)
                products.accumulate(x, out, w, rows: rows, from: c, to: 4 * c)
                fastest = min(fastest, csimd_seconds() - from)
            }
            let counted = index == 1 ? fastest : fastest * margin
            if counted < best.seconds { best = (index, counted) }
        }
        return best.index
    }
}
