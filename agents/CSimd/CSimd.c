#define _GNU_SOURCE
#include "CSimd.h"
#include "table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

static const struct kernel_table *kernels = &kernel_table_base;
static const struct gemm_table *matrices = &gemm_table_base;

const char *csimd_init(const char *wanted) {
    kernels = &kernel_table_base;
    matrices = &gemm_table_base;
#if defined(__x86_64__)
    __builtin_cpu_init();
    int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    int avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (avx512 && (!wanted || !strcmp(wanted, "avx512"))) {
        kernels = &kernel_table_avx512;
        matrices = &gemm_table_avx512;
        return "avx512";
    }
    if (avx2 && (!wanted || strcmp(wanted, "base"))) {
        kernels = &kernel_table_avx2;
        matrices = &gemm_table_avx2;
        return "avx2";
    }
#endif
    return "base";
}

double csimd_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double csimd_fma_peak(double seconds) {
    const long rounds = 20000;
    volatile float sink = 0;
    double best = 0, start = csimd_seconds();
    while (csimd_seconds() - start < seconds) {
        double from = csimd_seconds();
        sink = kernels->fma_loop(rounds);
        double rate = 2.0 * 12 * kernels->lanes * (double)rounds / (csimd_seconds() - from) * 1e-9;
        if (rate > best) best = rate;
    }
    (void)sink;
    return best;
}

void *csimd_allocate(long bytes) {
    const long page = 1L << 21;
    if (bytes < page) return aligned_alloc(64, (size_t)((bytes + 63) & ~63L));
    void *memory = aligned_alloc((size_t)page, (size_t)((bytes + page - 1) & ~(page - 1)));
    if (memory) madvise(memory, (size_t)bytes, MADV_HUGEPAGE);
    return memory;
}

static float *room(float **place, long floats) {
    if (!*place && !(*place = csimd_allocate(floats * (long)sizeof(float)))) abort();
    return *place;
}

float *csimd_room_a(void) {
    static float *a;
    return room(&a, block_m * block_k + 64); // the transposing store writes past a panel's end
}

float *csimd_room_b(void) {
    static float *b;
    return room(&b, (long)block_n * block_k);
}

void csimd_bias_gelu_fwd(float *x, const float *bias, float *y, long rows, long n) {
    kernels->bias_gelu_fwd(x, bias, y, rows, n);
}
void csimd_gelu_bwd(const float *x, float *d, float *dbias, long rows, long n) {
    kernels->gelu_bwd(x, d, dbias, rows, n);
}
void csimd_ln_fwd(const float *x, const float *g, const float *b, float *y, float *mean, float *rstd, long rows,
                  long n) {
    kernels->ln_fwd(x, g, b, y, mean, rstd, rows, n);
}
void csimd_ln_bwd(const float *x, const float *g, const float *mean, const float *rstd, const float *dy, float *dx,
                  float *dg, float *db, float *dbias, long rows, long n) {
    kernels->ln_bwd(x, g, mean, rstd, dy, dx, dg, db, dbias, rows, n);
}
void csimd_softmax_causal(float *s, long rows, long columns, long ld, long row0) {
    kernels->softmax_causal(s, rows, columns, ld, row0);
}
void csimd_dsoftmax(const float *p, float *dp, long rows, long columns, long ldp, long ldd) {
    kernels->dsoftmax(p, dp, rows, columns, ldp, ldd);
}
double csimd_cross_entropy(float *logits, const int *target, long rows, long valid, long ld, float scale) {
    return kernels->cross_entropy(logits, target, rows, valid, ld, scale);
}
void csimd_losses(float *logits, const int *target, long rows, long valid, long ld, float *losses) {
    kernels->losses(logits, target, rows, valid, ld, losses);
}
void csimd_colsum(const float *x, float *out, long rows, long n) { kernels->colsum(x, out, rows, n); }
void csimd_bias_rows(const float *bias, float *y, long rows, long n) { kernels->bias_rows(bias, y, rows, n); }
void csimd_residual_bias(const float *x, const float *bias, float *y, long rows, long n) {
    kernels->residual_bias(x, bias, y, rows, n);
}
void csimd_add(const float *x, float *y, long n) { kernels->add(x, y, n); }
void csimd_add2(const float *a, const float *b, float *y, long n) { kernels->add2(a, b, y, n); }
double csimd_sumsq(const float *x, long n) { return kernels->sumsq(x, n); }
void csimd_adamw(float *p, const float *g, float *m, float *v, long n, float gradient_scale, float rate, float beta1,
                 float beta2, float epsilon, float decay, float c1, float c2) {
    kernels->adamw(p, g, m, v, n, gradient_scale, rate, beta1, beta2, epsilon, decay, c1, c2);
}

void csimd_gemm(int transpose_a, int transpose_b, long m, long n, long k, float alpha, const float *a, long lda,
                const float *b, long ldb, int beta, float *c, long ldc) {
    matrices->gemm(transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, NULL);
}
void csimd_gemm_bias(long m, long n, long k, const float *a, const float *b, const float *bias, const float *residual,
                     float *c, float *gelu) {
    struct epilogue epilogue = {bias, residual, gelu};
    matrices->gemm(0, 0, m, n, k, 1, a, k, b, n, 0, c, n, &epilogue);
}
void csimd_pack_b(const float *b, long ldb, long k, long n, float *panels) { matrices->pack_b(b, ldb, k, n, panels); }
void csimd_pack_bt(const float *b, long ldb, long k, long n, float *panels) {
    matrices->pack_bt(b, ldb, k, n, panels);
}
long csimd_panel(void) { return matrices->panel; }
void csimd_gemm_pb(long m, long n, long k, float alpha, const float *a, long lda, const float *panels,
                   long panel_rows, int beta, float *c, long ldc) {
    matrices->gemm_pb(m, n, k, alpha, a, lda, panels, panel_rows, beta, c, ldc);
}
void csimd_gemm_tpb(long m, long n, long k, float alpha, const float *a, long lda, const float *panels,
                    long panel_rows, int beta, float *c, long ldc) {
    float *packed = csimd_room_a();
    // A long k is cut so that the packed block of a fits its room; later pieces add to c.
    const long limit = block_m * block_k / (m + 16) / 32 * 32;
    for (long at = 0; at < k; at += limit) {
        long length = k - at < limit ? k - at : limit;
        matrices->pack_at(a + at * lda, lda, length, m, packed);
        matrices->gemm_pab(m, n, length, alpha, packed, panels + at * matrices->panel, panel_rows, at ? 1 : beta, c,
                           ldc, NULL, 0, 0);
    }
}

float csimd_quantise_row(const float *x, signed char *q, long n) {
    float largest = 0;
    for (long i = 0; i < n; i++) {
        float size = fabsf(x[i]);
        if (size > largest) largest = size;
    }
    float scale = largest > 0 ? largest / 127 : 1;
    for (long i = 0; i < n; i++) {
        float value = nearbyintf(x[i] / scale);
        q[i] = (signed char)(value > 127 ? 127 : value < -127 ? -127 : value);
    }
    return scale;
}
