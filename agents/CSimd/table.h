#pragma once
// What each instruction set provides; CSimd.c holds the one in use.

struct kernel_table {
    void (*bias_gelu_fwd)(float *, const float *, float *, long, long);
    void (*gelu_bwd)(const float *, float *, float *, long, long);
    void (*ln_fwd)(const float *, const float *, const float *, float *, float *, float *, long, long);
    void (*ln_bwd)(const float *, const float *, const float *, const float *, const float *, float *, float *,
                   float *, float *, long, long);
    void (*softmax_causal)(float *, long, long, long, long);
    void (*dsoftmax)(const float *, float *, long, long, long, long);
    double (*cross_entropy)(float *, const int *, long, long, long, float);
    void (*losses)(float *, const int *, long, long, long, float *);
    void (*colsum)(const float *, float *, long, long);
    void (*bias_rows)(const float *, float *, long, long);
    void (*residual_bias)(const float *, const float *, float *, long, long);
    void (*add)(const float *, float *, long);
    void (*add2)(const float *, const float *, float *, long);
    double (*sumsq)(const float *, long);
    void (*adamw)(float *, const float *, float *, float *, long, float, float, float, float, float, float, float,
                  float);
    float (*fma_loop)(long);
    int lanes;
};

// After the last block of k: c += bias (+ residual); gelu = gelu(c) if given. Row stride is that of c.
struct epilogue {
    const float *bias, *residual;
    float *gelu;
};

struct gemm_table {
    void (*gemm)(int, int, long, long, long, float, const float *, long, const float *, long, int, float *, long,
                 const struct epilogue *);
    void (*pack_b)(const float *, long, long, long, float *);
    void (*pack_bt)(const float *, long, long, long, float *);
    void (*pack_at)(const float *, long, long, long, float *);
    void (*gemm_pb)(long, long, long, float, const float *, long, const float *, long, int, float *, long);
    void (*gemm_pab)(long, long, long, float, const float *, const float *, long, int, float *, long,
                     const struct epilogue *, long, long);
    long panel;
};

extern const struct kernel_table kernel_table_base, kernel_table_avx2, kernel_table_avx512;
extern const struct gemm_table gemm_table_base, gemm_table_avx2, gemm_table_avx512;

// Blocks of the sgemm: k and rows of a sized for L2, columns of b for L3.
enum { block_k = 384, block_m = 144, block_n = 4096 };
// Room for one packed block of a and one of b; allocated once, used by the main thread only.
float *csimd_room_a(void);
float *csimd_room_b(void);
