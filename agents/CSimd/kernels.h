// Elementwise kernels; included once per instruction set. Needs W (lanes), FN(name) and an active target attribute.
typedef float FN(vf) __attribute__((ext_vector_type(W), aligned(4)));
typedef int FN(vi) __attribute__((ext_vector_type(W), aligned(4)));
#define vf FN(vf)
#define vi FN(vi)
#define INLINE static inline __attribute__((always_inline))
#define LD(p) (*(const vf *)(p))
#define ST(p, v) (*(vf *)(p) = (v))
#if W == 4
#define FMA(a, b, c) ((a) * (b) + (c)) // the baseline has no FMA: the builtin would call libm for each lane
#else
#define FMA __builtin_elementwise_fma
#endif
#define MAX __builtin_elementwise_max
#define MIN __builtin_elementwise_min

INLINE float FN(hsum)(vf v) {
    float t[W];
    __builtin_memcpy(t, &v, sizeof t);
    for (int s = W / 2; s; s /= 2)
        for (int i = 0; i < s; i++) t[i] += t[i + s];
    return t[0];
}

INLINE float FN(hmax)(vf v) {
    float t[W];
    __builtin_memcpy(t, &v, sizeof t);
    for (int s = W / 2; s; s /= 2)
        for (int i = 0; i < s; i++) t[i] = t[i] > t[i + s] ? t[i] : t[i + s];
    return t[0];
}

// e^x by 2^n · polynomial (Cephes); adding 12582912 rounds to the nearest integer without a conversion.
INLINE vf FN(vexp)(vf x) {
    x = MAX(MIN(x, (vf)88.0f), (vf)-87.0f);
    vf t = FMA(x, (vf)1.44269504f, (vf)12582912.0f), n = t - 12582912.0f;
    vf r = FMA(n, (vf)-0.693359375f, x);
    r = FMA(n, (vf)2.12194440e-4f, r);
    vf p = FMA((vf)1.9875691500e-4f, r, (vf)1.3981999507e-3f);
    p = FMA(p, r, (vf)8.3334519073e-3f);
    p = FMA(p, r, (vf)4.1665795894e-2f);
    p = FMA(p, r, (vf)1.6666665459e-1f);
    p = FMA(p, r, (vf)5.0000001201e-1f);
    p = FMA(p, r * r, r) + 1.0f;
    union {
        vf f;
        vi i;
    } shift = {.f = t}, value = {.f = p};
    value.i += shift.i << 23;
    return value.f;
}

// gelu(x) = x · sigmoid(2u) with u = sqrt(2/π)·(x + 0.044715·x³), which is the tanh form.
#define GELU_A (2 * 0.7978845608f)
#define GELU_B (2 * 0.7978845608f * 0.044715f)
INLINE vf FN(sigmoid2u)(vf x, vf x2) {
    vf u = x * FMA(x2, (vf)-GELU_B, (vf)-GELU_A);
    return 1.0f / (1.0f + FN(vexp)(u));
}

static void FN(bias_gelu_fwd)(float *x, const float *bias, float *y, long rows, long n) {
    for (long r = 0; r < rows; r++, x += n, y += n)
        for (long i = 0; i < n; i += W) {
            vf v = LD(x + i) + LD(bias + i);
            ST(x + i, v);
            ST(y + i, v * FN(sigmoid2u)(v, v * v));
        }
}

static void FN(gelu_bwd)(const float *x, float *d, float *dbias, long rows, long n) {
    for (long r = 0; r < rows; r++, x += n, d += n)
        for (long i = 0; i < n; i += W) {
            vf v = LD(x + i), v2 = v * v, s = FN(sigmoid2u)(v, v2), g = v * s;
            vf du = FMA(v2, (vf)(3 * GELU_B), (vf)GELU_A);
            vf out = LD(d + i) * FMA(g * (1.0f - s), du, s);
            ST(d + i, out);
            ST(dbias + i, LD(dbias + i) + out);
        }
}

static void FN(ln_fwd)(const float *x, const float *g, const float *b, float *y, float *mean, float *rstd, long rows,
                       long n) {
    for (long r = 0; r < rows; r++, x += n, y += n) {
        vf sum = 0, square = 0;
        for (long i = 0; i < n; i += W) sum += LD(x + i);
        float m = FN(hsum)(sum) / (float)n;
        for (long i = 0; i < n; i += W) {
            vf d = LD(x + i) - m;
            square = FMA(d, d, square);
        }
        float s = 1.0f / __builtin_sqrtf(FN(hsum)(square) / (float)n + 1e-5f);
        for (long i = 0; i < n; i += W) ST(y + i, FMA((LD(x + i) - m) * s, LD(g + i), LD(b + i)));
        mean[r] = m;
        rstd[r] = s;
    }
}

static void FN(ln_bwd)(const float *x, const float *g, const float *mean, const float *rstd, const float *dy,
                       float *dx, float *dg, float *db, float *dbias, long rows, long n) {
    for (long r = 0; r < rows; r++, x += n, dy += n, dx += n) {
        float m = mean[r], s = rstd[r];
        vf a = 0, c = 0;
        for (long i = 0; i < n; i += W) {
            vf d = LD(dy + i), hat = (LD(x + i) - m) * s;
            ST(dg + i, FMA(d, hat, LD(dg + i)));
            ST(db + i, LD(db + i) + d);
            d *= LD(g + i);
            a += d;
            c = FMA(d, hat, c);
        }
        float ma = FN(hsum)(a) / (float)n, mc = FN(hsum)(c) / (float)n;
        for (long i = 0; i < n; i += W) {
            vf hat = (LD(x + i) - m) * s;
            ST(dx + i, LD(dx + i) + s * (LD(dy + i) * LD(g + i) - ma - hat * mc));
        }
        if (dbias)
            for (long i = 0; i < n; i += W) ST(dbias + i, LD(dbias + i) + LD(dx + i));
    }
}

static void FN(softmax_causal)(float *s, long rows, long columns, long ld, long row0) {
    for (long r = 0; r < rows; r++, s += ld) {
        long n = row0 + r + 1, end = (n + W - 1) & ~(long)(W - 1);
        for (long i = n; i < columns; i++) s[i] = -1e30f;
        vf largest = LD(s), sum = 0;
        for (long i = W; i < end; i += W) largest = MAX(largest, LD(s + i));
        float m = FN(hmax)(largest);
        for (long i = 0; i < end; i += W) {
            vf v = FN(vexp)(LD(s + i) - m);
            ST(s + i, v);
            sum += v;
        }
        float inverse = 1.0f / FN(hsum)(sum);
        for (long i = 0; i < end; i += W) ST(s + i, LD(s + i) * inverse);
        for (long i = n; i < columns; i++) s[i] = 0;
    }
}

static void FN(dsoftmax)(const float *p, float *d, long rows, long columns, long ldp, long ldd) {
    for (long r = 0; r < rows; r++, p += ldp, d += ldd) {
        vf q = 0;
        for (long i = 0; i < columns; i += W) q = FMA(LD(p + i), LD(d + i), q);
        float s = FN(hsum)(q);
        for (long i = 0; i < columns; i += W) ST(d + i, LD(p + i) * (LD(d + i) - s));
    }
}

// One row of logits becomes exp(logit - largest); answers their sum. Columns past `valid` count for nothing.
INLINE float FN(exponentials)(float *x, long valid, long ld, float *largest) {
    for (long i = valid; i < ld; i++) x[i] = -1e30f;
    vf top = LD(x), sum = 0;
    for (long i = W; i < ld; i += W) top = MAX(top, LD(x + i));
    float m = FN(hmax)(top);
    for (long i = 0; i < ld; i += W) {
        vf v = FN(vexp)(LD(x + i) - m);
        ST(x + i, v);
        sum += v;
    }
    *largest = m;
    return FN(hsum)(sum);
}

static double FN(cross_entropy)(float *x, const int *target, long rows, long valid, long ld, float scale) {
    double loss = 0;
    for (long r = 0; r < rows; r++, x += ld) {
        float wanted = x[target[r]], largest, sum = FN(exponentials)(x, valid, ld, &largest), k = scale / sum;
        for (long i = 0; i < ld; i += W) ST(x + i, LD(x + i) * k);
        for (long i = valid; i < ld; i++) x[i] = 0;
        x[target[r]] -= scale;
        loss += __builtin_log((double)sum) + (double)(largest - wanted);
    }
    return loss;
}

static void FN(losses)(float *x, const int *target, long rows, long valid, long ld, float *out) {
    for (long r = 0; r < rows; r++, x += ld) {
        float wanted = x[target[r]], largest, sum = FN(exponentials)(x, valid, ld, &largest);
        out[r] = (float)__builtin_log((double)sum) + (largest - wanted);
    }
}

static void FN(colsum)(const float *x, float *out, long rows, long n) {
    for (long r = 0; r < rows; r++, x += n)
        for (long i = 0; i < n; i += W) ST(out + i, LD(out + i) + LD(x + i));
}

static void FN(bias_rows)(const float *bias, float *y, long rows, long n) {
    for (long r = 0; r < rows; r++, y += n)
        for (long i = 0; i < n; i += W) ST(y + i, LD(bias + i));
}

static void FN(residual_bias)(const float *x, const float *bias, float *y, long rows, long n) {
    for (long r = 0; r < rows; r++, x += n, y += n)
        for (long i = 0; i < n; i += W) ST(y + i, LD(x + i) + LD(bias + i));
}

static void FN(add)(const float *x, float *y, long n) {
    long i = 0;
    for (; i + W <= n; i += W) ST(y + i, LD(y + i) + LD(x + i));
    for (; i < n; i++) y[i] += x[i];
}

static void FN(add2)(const float *a, const float *b, float *y, long n) {
    long i = 0;
    for (; i + W <= n; i += W) ST(y + i, LD(a + i) + LD(b + i));
    for (; i < n; i++) y[i] = a[i] + b[i];
}

// Sums of 4,096 in single precision, their total in double: exact enough and in a fixed order.
static double FN(sumsq)(const float *x, long n) {
    double total = 0;
    for (long i = 0; i < n;) {
        long end = i + 4096 < n ? i + 4096 : n;
        vf a = 0, b = 0;
        for (; i + 2 * W <= end; i += 2 * W) {
            vf u = LD(x + i), v = LD(x + i + W);
            a = FMA(u, u, a);
            b = FMA(v, v, b);
        }
        total += FN(hsum)(a + b);
        for (; i < end; i++) total += (double)x[i] * x[i];
    }
    return total;
}

static void FN(adamw)(float *p, const float *g, float *m, float *v, long n, float gradient_scale, float rate,
                      float beta1, float beta2, float epsilon, float decay, float c1, float c2) {
    float step = rate / c1, root = 1.0f / __builtin_sqrtf(c2), keep = 1.0f - rate * decay;
    long i = 0;
    for (; i + W <= n; i += W) {
        vf gradient = LD(g + i) * gradient_scale;
        vf first = FMA((vf)(1 - beta1), gradient - LD(m + i), LD(m + i));
        vf second = FMA((vf)(1 - beta2), gradient * gradient, LD(v + i) * beta2);
        ST(m + i, first);
        ST(v + i, second);
        vf divisor = FMA(__builtin_elementwise_sqrt(second), (vf)root, (vf)epsilon);
        ST(p + i, LD(p + i) * keep - step * (first / divisor));
    }
    for (; i < n; i++) {
        float gradient = g[i] * gradient_scale;
        m[i] += (1 - beta1) * (gradient - m[i]);
        v[i] = beta2 * v[i] + (1 - beta2) * gradient * gradient;
        p[i] = p[i] * keep - step * m[i] / (__builtin_sqrtf(v[i]) * root + epsilon);
    }
}

// Twelve independent chains hide the latency of the multiply-add: what remains is the unit's peak.
static float FN(fma_loop)(long rounds) {
    vf a[12], x = (vf)0.999f, y = (vf)1e-3f, sum = 0;
    for (int i = 0; i < 12; i++) a[i] = (vf)(float)i;
    for (long k = 0; k < rounds; k++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < 12; i++) a[i] = FMA(a[i], x, y);
        __asm__ volatile("" ::: "memory");
    }
    for (int i = 0; i < 12; i++) sum += a[i];
    return FN(hsum)(sum);
}

#undef vf
#undef vi
const struct kernel_table FN(kernel_table) = {
    FN(bias_gelu_fwd), FN(gelu_bwd),  FN(ln_fwd),        FN(ln_bwd), FN(softmax_causal), FN(dsoftmax),
    FN(cross_entropy), FN(losses),    FN(colsum),        FN(bias_rows), FN(residual_bias), FN(add),
    FN(add2),          FN(sumsq),     FN(adamw),         FN(fma_loop), W};
