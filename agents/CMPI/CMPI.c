#include "CMPI.h"
#include <mpi.h>
#include <signal.h>
#include <string.h>

int cmpi_init(void) {
    int provided;
    return MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
}

void cmpi_finalize(void) { MPI_Finalize(); }

void cmpi_abort(int code) { MPI_Abort(MPI_COMM_WORLD, code); }

int cmpi_rank(void) {
    int rank;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    return rank;
}

int cmpi_size(void) {
    int size;
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    return size;
}

void cmpi_barrier(void) { MPI_Barrier(MPI_COMM_WORLD); }

void cmpi_allreduce_sum_f32(float *values, long count) {
    MPI_Allreduce(MPI_IN_PLACE, values, (int)count, MPI_FLOAT, MPI_SUM, MPI_COMM_WORLD);
}

void cmpi_allreduce_sum_f64(double *values, long count) {
    MPI_Allreduce(MPI_IN_PLACE, values, (int)count, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
}

int cmpi_allreduce_max_i32(int value) {
    MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return value;
}

void cmpi_broadcast(void *bytes, long count, int root) {
    const long piece = 1L << 28; // MPI's counts are 32 bits wide
    for (long at = 0; at < count; at += piece) {
        long length = count - at < piece ? count - at : piece;
        MPI_Bcast((char *)bytes + at, (int)length, MPI_BYTE, root, MPI_COMM_WORLD);
    }
}

const char *cmpi_library(void) {
    static char text[MPI_MAX_LIBRARY_VERSION_STRING + 1];
    int length = 0;
    MPI_Get_library_version(text, &length);
    char *end = strpbrk(text, ",\n"); // the first field names library and version
    if (end) *end = 0;
    return text;
}

static volatile sig_atomic_t stop_signal;

static void note_stop(int number) {
    if (!stop_signal) stop_signal = number;
}

void cmpi_watch_stop_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = note_stop;
    action.sa_flags = SA_RESTART; // MPI and file calls go on; the step in hand is finished first
    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    // A parent that started us from a thread of its own may have left them blocked.
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGUSR1);
    sigaddset(&both, SIGTERM);
    sigprocmask(SIG_UNBLOCK, &both, NULL);
}

int cmpi_stop_signal(void) { return stop_signal; }
