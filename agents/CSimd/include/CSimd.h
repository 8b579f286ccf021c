#pragma once
// Elementwise kernels and an own packed sgemm. One source, compiled for the baseline, AVX2+FMA and AVX-512;
// csimd_init chooses once at run time, so one binary runs on every node of a federation.
// Row lengths n are multiples of 32 floats unless said otherwise.

/// Chooses the instruction set: the best this processor has, or the named one ("base", "avx2", "avx512") if it
/// has it. Answers the one in use.
const char *csimd_init(const char *wanted);
/// Monotonic seconds.
double csimd_seconds(void);
/// GF/s of one core in fused multiply-adds, the best found within the given seconds.
double csimd_fma_peak(double seconds);
/// Memory on a 2 MB border with huge pages advised; freed by free(). NULL when there is none.
void *csimd_allocate(long bytes);

// x += bias; y = gelu(x), the tanh form ("gelu_new").
void csimd_bias_gelu_fwd(float *x, const float *bias, float *y, long rows, long n);
// d *= gelu'(x); dbias += column sums of the new d.
void csimd_gelu_bwd(const float *x, float *d, float *dbias, long rows, long n);
// y = layernorm(x)·g + b with epsilon 1e-5; keeps mean and 1/deviation of each row.
void csimd_ln_fwd(const float *x, const float *g, const float *b, float *y, float *mean, float *rstd, long rows,
                  long n);
// dx += gradient; dg, db += ; dbias += column sums of the new dx unless NULL.
void csimd_ln_bwd(const float *x, const float *g, const float *mean, const float *rstd, const float *dy, float *dx,
                  float *dg, float *db, float *dbias, long rows, long n);
// Softmax in place of a block of causal scores: row r sees columns 0...row0+r, the others become 0.
void csimd_softmax_causal(float *s, long rows, long columns, long ld, long row0);
// dp = p · (dp - rowsum(p·dp))
void csimd_dsoftmax(const float *p, float *dp, long rows, long columns, long ldp, long ldd);
// Logits of rows × ld, of which the first `valid` columns are words, become scale · dlogits; the sum of the losses
// in nats.
double csimd_cross_entropy(float *logits, const int *target, long rows, long valid, long ld, float scale);
// The loss of each row in nats; the logits are used up.
void csimd_losses(float *logits, const int *target, long rows, long valid, long ld, float *losses);
void csimd_colsum(const float *x, float *out, long rows, long n);
void csimd_bias_rows(const float *bias, float *y, long rows, long n);
void csimd_residual_bias(const float *x, const float *bias, float *y, long rows, long n);
// Any n:
void csimd_add(const float *x, float *y, long n);
void csimd_add2(const float *a, const float *b, float *y, long n);
double csimd_sumsq(const float *x, long n);
// AdamW with decoupled weight decay; c1, c2 are the bias corrections 1 - beta^t.
void csimd_adamw(float *p, const float *g, float *m, float *v, long n, float gradient_scale, float rate, float beta1,
                 float beta2, float epsilon, float decay, float c1, float c2);

// Own sgemm, row-major: c = alpha · op(a) · op(b) + beta · c. n and k multiples of 32, m even, beta 0 or 1.
void csimd_gemm(int transpose_a, int transpose_b, long m, long n, long k, float alpha, const float *a, long lda,
                const float *b, long ldb, int beta, float *c, long ldc);
// c = a·b + bias (+ residual); gelu = gelu(c) unless NULL. All dense.
void csimd_gemm_bias(long m, long n, long k, const float *a, const float *b, const float *bias, const float *residual,
                     float *c, float *gelu);
// b, k×n, into panels of csimd_panel() columns; _bt for a b stored n×k.
void csimd_pack_b(const float *b, long ldb, long k, long n, float *panels);
void csimd_pack_bt(const float *b, long ldb, long k, long n, float *panels);
long csimd_panel(void);
// gemm over packed panels, each of panel_rows rows of which the first k are used; _tpb for an a stored k×m.
void csimd_gemm_pb(long m, long n, long k, float alpha, const float *a, long lda, const float *panels,
                   long panel_rows, int beta, float *c, long ldc);
void csimd_gemm_tpb(long m, long n, long k, float alpha, const float *a, long lda, const float *panels,
                    long panel_rows, int beta, float *c, long ldc);

/// SHA-256 over pieces: state holds 8 words, the length and the open block.
struct csimd_sha256 {
    unsigned state[8];
    unsigned long long length;
    unsigned char block[64];
};
void csimd_sha256_start(struct csimd_sha256 *hash);
void csimd_sha256_update(struct csimd_sha256 *hash, const void *bytes, unsigned long count);
void csimd_sha256_finish(struct csimd_sha256 *hash, unsigned char digest[32]);

/// Multiplies the row by 1/scale, rounds to int8 in -127...127; the scale is max|x|/127 (1 for a row of zeros).
float csimd_quantise_row(const float *x, signed char *q, long n);
