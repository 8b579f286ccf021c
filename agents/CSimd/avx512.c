#include "table.h"
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma"))), apply_to = function)
#define W 16
#define FN(x) x##_avx512
#include "kernels.h"
#include "gemm.h"
#pragma clang attribute pop
#endif
