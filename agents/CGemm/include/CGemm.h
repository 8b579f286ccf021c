#pragma once
// Row-major sgemm of a library found at run time: oneDNN's dnnl_sgemm or OpenBLAS's cblas_sgemm.
// Nothing is linked, so a node without either still runs the own kernels of CSimd.

/// Loads the library, "dnnl" or "openblas", with one thread. 0 when it is there.
int cgemm_open(const char *library);
/// What cgemm_open loaded last, with version; "none" before.
const char *cgemm_name(void);
/// C[m,n] = alpha * op(A)[m,k] * op(B)[k,n] + beta * C; leading dimensions in floats.
void cgemm(int transpose_a, int transpose_b, long m, long n, long k, float alpha, const float *a, long lda,
           const float *b, long ldb, float beta, float *c, long ldc);
