#define _GNU_SOURCE
#include "CHost.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static int64_t microseconds(struct timespec time) { return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000; }

int chost_status(const char *path, int follow, struct chost_file *out) {
    struct stat info;
    if ((follow ? stat(path, &info) : lstat(path, &info)) != 0) return -1;
    memset(out, 0, sizeof *out);
    out->kind = S_ISREG(info.st_mode) ? 1 : S_ISDIR(info.st_mode) ? 2 : 0;
    out->owner = info.st_uid;
    out->mode = info.st_mode & 07777;
    out->bytes = info.st_size;
    out->names = (int64_t)info.st_nlink;
    out->modified = microseconds(info.st_mtim);
    out->changed = microseconds(info.st_ctim);
    return 0;
}

int chost_set_times(const char *path, int64_t seconds) {
    struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
    return utimensat(AT_FDCWD, path, times, 0);
}

int64_t chost_clock(int clock) {
    struct timespec time = {0};
    clock_gettime(clock, &time);
    return microseconds(time);
}

int chost_pending_signal(const void *watched) {
    const struct timespec none = {0};
    return sigtimedwait(watched, NULL, &none);
}

int chost_signal_file(const void *watched) { return signalfd(-1, watched, SFD_CLOEXEC | SFD_NONBLOCK); }

int chost_ended_child(void) {
    siginfo_t info = {0};
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 ? info.si_pid : 0;
}

void chost_trim_memory(void) { malloc_trim(0); }

void chost_share_pools(void) { mallopt(M_ARENA_MAX, 2); }
