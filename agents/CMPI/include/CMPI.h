#pragma once
#include <stddef.h>
// Thin edge to MPI. <mpi.h> stays out of this header: its cast macros cannot be imported by Swift.
// All calls come from the main thread (MPI_THREAD_FUNNELED).

/// Starts MPI; 0 when it went well.
int cmpi_init(void);
/// Ends MPI; every orderly exit of a rank goes through here.
void cmpi_finalize(void);
/// Ends all ranks at once with this exit code: only for a fault that the other ranks cannot learn of otherwise.
void cmpi_abort(int code);
int cmpi_rank(void);
int cmpi_size(void);
void cmpi_barrier(void);
/// Sums in place over all ranks, blocking; count at most 2^30.
void cmpi_allreduce_sum_f32(float *values, long count);
void cmpi_allreduce_sum_f64(double *values, long count);
/// The largest of all ranks' values.
int cmpi_allreduce_max_i32(int value);
/// Copies bytes from the root to all ranks; any length.
void cmpi_broadcast(void *bytes, long count, int root);
/// Name and version of the MPI library in use.
const char *cmpi_library(void);

/// From now on SIGUSR1 and SIGTERM ask the program to stop instead of ending it.
void cmpi_watch_stop_signals(void);
/// The first stop signal that came, or 0.
int cmpi_stop_signal(void);
