#define _GNU_SOURCE
#include "CGemm.h"
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*dnnl_sgemm)(char, char, int64_t, int64_t, int64_t, float, const float *, int64_t, const float *,
                          int64_t, float, float *, int64_t);
typedef void (*cblas_sgemm)(int, int, int, int, int, int, float, const float *, int, const float *, int, float,
                            float *, int);
struct dnnl_version {
    int major, minor, patch;
};

static dnnl_sgemm dnnl;
static cblas_sgemm cblas;
static char name[128] = "none";

static void *open_first(const char *const *names) {
    for (; *names; names++) {
        void *handle = dlopen(*names, RTLD_NOW | RTLD_LOCAL);
        if (handle) return handle;
    }
    return NULL;
}

static int open_dnnl(void) {
    static const char *const names[] = {"libdnnl.so.2", "libdnnl.so.3", "libdnnl.so", NULL};
    void *handle = open_first(names);
    dnnl_sgemm found = handle ? (dnnl_sgemm)dlsym(handle, "dnnl_sgemm") : NULL;
    if (!found) return 1;
    const struct dnnl_version *(*version)(void) =
        (const struct dnnl_version *(*)(void))dlsym(handle, "dnnl_version");
    const struct dnnl_version *v = version ? version() : NULL;
    snprintf(name, sizeof name, "oneDNN %d.%d.%d", v ? v->major : 0, v ? v->minor : 0, v ? v->patch : 0);
    dnnl = found;
    cblas = NULL;
    return 0;
}

static int open_openblas(void) {
    static const char *const names[] = {"libopenblas.so.0", "libopenblas.so", NULL};
    void *handle = open_first(names);
    cblas_sgemm found = handle ? (cblas_sgemm)dlsym(handle, "cblas_sgemm") : NULL;
    if (!found) return 1;
    char *(*core)(void) = (char *(*)(void))dlsym(handle, "openblas_get_corename");
    void (*threads)(int) = (void (*)(int))dlsym(handle, "openblas_set_num_threads");
    if (threads) threads(1);
    snprintf(name, sizeof name, "OpenBLAS (%s)", core ? core() : "unknown core");
    cblas = found;
    dnnl = NULL;
    return 0;
}

int cgemm_open(const char *library) {
    // One rank per core: a library that starts threads of its own would fight with the other ranks.
    setenv("OMP_NUM_THREADS", "1", 1);
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    if (!strcmp(library, "dnnl")) return open_dnnl();
    if (!strcmp(library, "openblas")) return open_openblas();
    return 1;
}

const char *cgemm_name(void) { return name; }

void cgemm(int transpose_a, int transpose_b, long m, long n, long k, float alpha, const float *a, long lda,
           const float *b, long ldb, float beta, float *c, long ldc) {
    if (dnnl) {
        dnnl(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    } else if (cblas) {
        enum { row_major = 101, plain = 111, transposed = 112 };
        cblas(row_major, transpose_a ? transposed : plain, transpose_b ? transposed : plain, (int)m, (int)n, (int)k,
              alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);
    }
}
