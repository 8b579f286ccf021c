// Packed sgemm, row-major; included once per instruction set after kernels.h.
// c[m,n] is made of tiles of MR rows × NR columns whose sums stay in registers; b is packed into panels of NR
// columns, a into panels of MR rows, so that the inner loop reads both in order. n and k are multiples of 2·W, m even.
#define vf FN(vf)
#define NR (2 * W)
#if W == 16
#define MR 12
#else
#define MR 6
#endif
#define UNROLL _Pragma("clang loop unroll(full)")

// Where a tile goes: c at (row, j) of the whole product, for the epilogue's bias, residual and gelu.
struct FN(target) {
    float *c;
    long ldc;
    float alpha;
    int beta;
    const struct epilogue *epilogue;
    long j, row;
};

INLINE void FN(store)(const int mr, vf *c0, vf *c1, const struct FN(target) * t) {
    const struct epilogue *e = t->epilogue;
    float *c = t->c;
    const long ldc = t->ldc;
    const vf alpha = (vf)t->alpha;
    if (!e) {
        if (t->beta)
            UNROLL for (int i = 0; i < mr; i++) {
                float *q = c + i * ldc;
                ST(q, FMA(c0[i], alpha, LD(q)));
                ST(q + W, FMA(c1[i], alpha, LD(q + W)));
            }
        else
            UNROLL for (int i = 0; i < mr; i++) {
                float *q = c + i * ldc;
                ST(q, c0[i] * alpha);
                ST(q + W, c1[i] * alpha);
            }
        return;
    }
    vf v0 = LD(e->bias + t->j), v1 = LD(e->bias + t->j + W);
    if (t->beta)
        UNROLL for (int i = 0; i < mr; i++) {
            c0[i] += LD(c + i * ldc);
            c1[i] += LD(c + i * ldc + W);
        }
    if (e->residual)
        UNROLL for (int i = 0; i < mr; i++) {
            const float *q = e->residual + (t->row + i) * ldc + t->j;
            c0[i] += LD(q);
            c1[i] += LD(q + W);
        }
    UNROLL for (int i = 0; i < mr; i++) {
        float *q = c + i * ldc;
        c0[i] += v0;
        c1[i] += v1;
        ST(q, c0[i]);
        ST(q + W, c1[i]);
    }
    if (e->gelu)
        UNROLL for (int i = 0; i < mr; i++) {
            float *q = e->gelu + (t->row + i) * ldc + t->j;
            ST(q, c0[i] * FN(sigmoid2u)(c0[i], c0[i] * c0[i]));
            ST(q + W, c1[i] * FN(sigmoid2u)(c1[i], c1[i] * c1[i]));
        }
}

// One tile of mr rows: a(i,p) = a[i·rs + p·cs], b one packed panel.
INLINE void FN(micro)(const int mr, long k, const float *a, long rs, long cs, const float *b,
                      const struct FN(target) * t) {
    vf c0[MR], c1[MR];
    UNROLL for (int i = 0; i < mr; i++) {
        c0[i] = 0;
        c1[i] = 0;
        __builtin_prefetch(t->c + i * t->ldc, 1, 3);
    }
    _Pragma("clang loop unroll_count(4)") for (long p = 0; p < k; p++) {
        vf b0 = LD(b), b1 = LD(b + W);
        b += NR;
        UNROLL for (int i = 0; i < mr; i++) {
            vf x = (vf)a[i * rs];
            c0[i] = FMA(x, b0, c0[i]);
            c1[i] = FMA(x, b1, c1[i]);
        }
        a += cs;
    }
    FN(store)(mr, c0, c1, t);
}

// The tile of a fixed number of rows, of an a in place (row stride rs) and of a packed one.
#define TILE(ROWS)                                                                                                  \
    static __attribute__((noinline)) void FN(tile##ROWS)(long k, const float *a, long rs, const float *b,          \
                                                         const struct FN(target) * t) {                            \
        FN(micro)(ROWS, k, a, rs, 1, b, t);                                                                         \
    }                                                                                                               \
    static __attribute__((noinline)) void FN(packed_tile##ROWS)(long k, const float *a, const float *b,            \
                                                                const struct FN(target) * t) {                     \
        FN(micro)(ROWS, k, a, 1, ROWS, b, t);                                                                       \
    }
TILE(2)
TILE(4)
#if MR == 12
TILE(8)
TILE(12)
#define STEP(left) ((left) >= 12 ? 12 : (left) >= 8 ? 8 : (left) >= 4 ? 4 : 2)
#else
TILE(6)
#define STEP(left) ((left) >= 6 && (left) != 8 ? 6 : (left) >= 4 ? 4 : 2)
#endif

static inline void FN(tile)(long rows, long k, const float *a, long rs, const float *b, const struct FN(target) * t) {
    switch (rows) {
#if MR == 12
    case 12: FN(tile12)(k, a, rs, b, t); break;
    case 8: FN(tile8)(k, a, rs, b, t); break;
#else
    case 6: FN(tile6)(k, a, rs, b, t); break;
#endif
    case 4: FN(tile4)(k, a, rs, b, t); break;
    default: FN(tile2)(k, a, rs, b, t);
    }
}

static inline void FN(packed_tile)(long rows, long k, const float *a, const float *b, const struct FN(target) * t) {
    switch (rows) {
#if MR == 12
    case 12: FN(packed_tile12)(k, a, b, t); break;
    case 8: FN(packed_tile8)(k, a, b, t); break;
#else
    case 6: FN(packed_tile6)(k, a, b, t); break;
#endif
    case 4: FN(packed_tile4)(k, a, b, t); break;
    default: FN(packed_tile2)(k, a, b, t);
    }
}

// b, k×n with row stride ldb, into panels [n/NR][k][NR].
static void FN(pack_b)(const float *b, long ldb, long k, long n, float *o) {
    long j = 0;
    for (; j + 4 * NR <= n; j += 4 * NR) // four panels at once read a whole stretch of each row
        for (long p = 0; p < k; p++) {
            const float *s = b + p * ldb + j;
            UNROLL for (int q = 0; q < 4; q++) {
                float *d = o + (j + q * NR) * k + p * NR;
                ST(d, LD(s + q * NR));
                ST(d + W, LD(s + q * NR + W));
            }
        }
    for (; j < n; j += NR)
        for (long p = 0; p < k; p++) {
            float *d = o + j * k + p * NR;
            const float *s = b + p * ldb + j;
            ST(d, LD(s));
            ST(d + W, LD(s + W));
        }
}

// A W×W block, one row per register.
INLINE void FN(transpose)(vf *r) {
    vf t[W];
    UNROLL for (int h = W / 2; h >= 1; h /= 2) {
        UNROLL for (int i = 0; i < W; i++) t[i] = r[i];
        UNROLL for (int i = 0; i < W; i++) {
            if (i & h) continue;
            vf x = t[i], y = t[i + h];
#if W == 4
            if (h == 2) {
                r[i] = __builtin_shufflevector(x, y, 0, 1, 4, 5);
                r[i + h] = __builtin_shufflevector(x, y, 2, 3, 6, 7);
            } else {
                r[i] = __builtin_shufflevector(x, y, 0, 4, 2, 6);
                r[i + h] = __builtin_shufflevector(x, y, 1, 5, 3, 7);
            }
#elif W == 8
            if (h == 4) {
                r[i] = __builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11);
                r[i + h] = __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15);
            } else if (h == 2) {
                r[i] = __builtin_shufflevector(x, y, 0, 1, 8, 9, 4, 5, 12, 13);
                r[i + h] = __builtin_shufflevector(x, y, 2, 3, 10, 11, 6, 7, 14, 15);
            } else {
                r[i] = __builtin_shufflevector(x, y, 0, 8, 2, 10, 4, 12, 6, 14);
                r[i + h] = __builtin_shufflevector(x, y, 1, 9, 3, 11, 5, 13, 7, 15);
            }
#else
            if (h == 8) {
                r[i] = __builtin_shufflevector(x, y, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
                r[i + h] = __builtin_shufflevector(x, y, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
            } else if (h == 4) {
                r[i] = __builtin_shufflevector(x, y, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27);
                r[i + h] = __builtin_shufflevector(x, y, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
            } else if (h == 2) {
                r[i] = __builtin_shufflevector(x, y, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29);
                r[i + h] = __builtin_shufflevector(x, y, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
            } else {
                r[i] = __builtin_shufflevector(x, y, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
                r[i + h] = __builtin_shufflevector(x, y, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
            }
#endif
        }
    }
}

// b stored n×k: element (p,j) = b[j·ldb + p].
static void FN(pack_bt)(const float *b, long ldb, long k, long n, float *o) {
    vf r[W];
    for (long j = 0; j < n; j += NR)
        for (long p = 0; p < k; p += W)
            for (int h = 0; h < 2; h++) {
                const float *s = b + (j + h * W) * ldb + p;
                float *d = o + j * k + p * NR + h * W;
                UNROLL for (int i = 0; i < W; i++) r[i] = LD(s + i * ldb);
                FN(transpose)(r);
                UNROLL for (int i = 0; i < W; i++) ST(d + i * NR, r[i]);
            }
}

// a stored k×m, into panels of STEP rows, each [k][step].
static void FN(pack_at)(const float *a, long lda, long k, long m, float *o) {
    for (long i = 0; i < m;) {
        long s = STEP(m - i);
        float *d = o + i * k;
        const float *q = a + i;
        if (s == MR && MR < W && i + W <= m)
            for (long p = 0; p < k; p++) ST(d + p * MR, LD(q + p * lda)); // the lanes past MR are overwritten next
        else
            for (long p = 0; p < k; p++)
                for (long x = 0; x < s; x++) d[p * s + x] = q[p * lda + x];
        i += s;
    }
}

// a, m×k with row stride lda, into the same panels.
static void FN(pack_a)(const float *a, long lda, long k, long m, float *o) {
    for (long i = 0; i < m;) {
        long s = STEP(m - i);
        float *d = o + i * k;
        const float *q = a + i * lda;
#if MR < W
        if (s == MR)
            for (long p = 0; p < k; p += W) {
                vf r[W];
                UNROLL for (int x = 0; x < W; x++) r[x] = LD(q + (x < MR ? x : MR - 1) * lda + p);
                FN(transpose)(r);
                UNROLL for (int x = 0; x < W; x++) ST(d + (p + x) * MR, r[x]);
            }
        else
#endif
            for (long p = 0; p < k; p++)
                for (long x = 0; x < s; x++) d[p * s + x] = q[x * lda + p];
        i += s;
    }
}

// Over packed panels of b (bs rows each), a in place.
static void FN(gemm_pb)(long m, long n, long k, float alpha, const float *a, long lda, const float *bp, long bs,
                        int beta, float *c, long ldc) {
    for (long j = 0; j < n; j += NR)
        for (long i = 0; i < m;) {
            long s = STEP(m - i);
            struct FN(target) t = {c + i * ldc + j, ldc, alpha, beta, 0, j, i};
            FN(tile)(s, k, a + i * lda, lda, bp + j * bs, &t);
            i += s;
        }
}

// The same with a packed; (row, column) is where this block stands in the whole product.
static void FN(gemm_pab)(long m, long n, long k, float alpha, const float *ap, const float *bp, long bs, int beta,
                         float *c, long ldc, const struct epilogue *e, long row, long column) {
    for (long j = 0; j < n; j += NR)
        for (long i = 0; i < m;) {
            long s = STEP(m - i);
            struct FN(target) t = {c + i * ldc + j, ldc, alpha, beta, e, column + j, row + i};
            FN(packed_tile)(s, k, ap + i * k, bp + j * bs, &t);
            i += s;
        }
}

static void FN(gemm)(int ta, int tb, long m, long n, long k, float alpha, const float *a, long lda, const float *b,
                     long ldb, int beta, float *c, long ldc, const struct epilogue *e) {
    float *ap = csimd_room_a(), *bp = csimd_room_b();
    // Equal blocks of k, so that none is left too short to pay for its packing.
    long parts = (k + block_k - 1) / block_k, step = ((k + parts - 1) / parts + NR - 1) / NR * NR;
    for (long jc = 0; jc < n; jc += block_n) {
        long nc = n - jc < block_n ? n - jc : block_n;
        for (long pc = 0; pc < k; pc += step) {
            long kc = k - pc < step ? k - pc : step;
            const struct epilogue *last = pc + kc == k ? e : 0;
            if (tb)
                FN(pack_bt)(b + jc * ldb + pc, ldb, kc, nc, bp);
            else
                FN(pack_b)(b + pc * ldb + jc, ldb, kc, nc, bp);
            for (long ic = 0; ic < m; ic += block_m) {
                long mc = m - ic < block_m ? m - ic : block_m;
                if (ta)
                    FN(pack_at)(a + pc * lda + ic, lda, kc, mc, ap);
                else
                    FN(pack_a)(a + ic * lda + pc, lda, kc, mc, ap);
                FN(gemm_pab)(mc, nc, kc, alpha, ap, bp, kc, pc ? 1 : beta, c + ic * ldc + jc, ldc, last, ic, jc);
            }
        }
    }
}

#undef vf
const struct gemm_table FN(gemm_table) = {FN(gemm), FN(pack_b), FN(pack_bt), FN(pack_at), FN(gemm_pb), FN(gemm_pab),
                                          NR};
