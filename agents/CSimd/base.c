#include "table.h"
#define W 4
#define FN(x) x##_base
#include "kernels.h"
#include "gemm.h"
