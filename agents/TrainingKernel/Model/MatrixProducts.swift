internal import CGemm
internal import CSimd

/// Who multiplies the matrices: the own sgemm, which adds bias, residual and GELU on its way out, or a library.
/// Attention always runs on the own one: its matrices are too small for a library to pay.
struct MatrixProducts {
    /// What stands in metrics and checkpoints.
    let name: String
    private let isOwn: Bool

    static let own = MatrixProducts(name: "own", isOwn: true)

    private init(name: String, isOwn: Bool) { (self.name, self.isOwn) = (name, isOwn) }

    /// Loads a library; nil when this node has none.
    static func library(_ name: String) -> MatrixProducts? {
        cgemm_open(name) == 0 ? MatrixProducts(name: name, isOwn: false) : nil
    }

    /// The library's own words about itself.
    var detail: String { isOwn ? "own sgemm" : String(cString: cgemm_name()) }

    /// out[rows,to] = x[rows,from] · w[from,to] + bias
    func linear(_ x: Floats, _ w: Floats, bias: Floats, _ out: Floats, rows: Int, from: Int, to: Int) {
        if isOwn {
            csimd_gemm_bias(rows, to, from, x, w, bias, nil, out, nil)
        } else {
            csimd_bias_rows(bias, out, rows, to)
            cgemm(0, 0, rows, to, from, 1, x, from, w, to, 1, out, to)
        }
    }

    /// out = before + x · w + bias
    func residual(
        _ x: Floats, _ w: Floats, bias: Floats, _ before: Floats, _ out: Floats, rows: Int, from: Int, to: Int
    ) {
        if isOwn {
            csimd_gemm_bias(rows, to, from, x, w, bias, before, out, nil)
        } else {
            csimd_residual_bias(before, bias, out, rows, to)
            cgemm(0, 0, rows, to, from, 1, x, from, w, to, 1, out, to)
        }
    }

    /// out = x · w + bias; activated = gelu(out)
    func gelu(
        _ x: Floats, _ w: Floats, bias: Floats, _ out: Floats, _ activated: Floats, rows: Int, from: Int,
        to: Int
    ) {
        if isOwn {
            csimd_gemm_bias(rows, to, from, x, w, bias, nil, out, activated)
        } else {
            cgemm(0, 0, rows, to, from, 1, x, from, w, to, 0, out, to)
            csimd_bias_gelu_fwd(out, bias, activated, rows, to)
        }
    }

    /// out[rows,to] = x[rows,from] · w[from,to]
    func plain(_ x: Floats, _ w: Floats, _ out: Floats, rows: Int, from: Int, to: Int) {
        multiply(0, 0, rows, to, from, x, from, w, to, 0, out, to)
    }

    /// out[rows,to] = x[rows,from] · w[to,from]ᵀ: logits by the tied embedding, and gradients of inputs.
    func transposed(_ x: Floats, _ w: Floats, _ out: Floats, rows: Int, from: Int, to: Int) {
        multiply(0, 1, rows, to, from, x, from, w, from, 0, out, to)
    }

    /// gradient[from,to] += x[rows,from]ᵀ · d[rows,to]
    func accumulate(_ x: Floats, _ d: Floats, _ gradient: Floats, rows: Int, from: Int, to: Int) {
        multiply(1, 0, from, to, rows, x, from, d, to, 1, gradient, to)
    }

    private func multiply(
        _ ta: Int32, _ tb: Int32, _ m: Int, _ n: Int, _ k: Int, _ a: Floats, _ lda: Int, _ b: Floats,
        _ ldb: Int,
        _ beta: Int32, _ c: Floats, _ ldc: Int
    ) {
        if isOwn {
            csimd_gemm(ta, tb, m, n, k, 1, a, lda, b, ldb, beta, c, ldc)
        } else {
            cgemm(ta, tb, m, n, k, 1, a, lda, b, ldb, Float(beta), c, ldc)
        }
    }
}
