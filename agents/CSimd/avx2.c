#include "table.h"
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define W 8
#define FN(x) x##_avx2
#include "kernels.h"
#include "gemm.h"
#pragma clang attribute pop
#endif
