// What the system says of files and clocks, in structures of our own: several modules that come along with Foundation and SwiftNIO own
// the C library's, and whose they are changes with the order in which a compiler comes to the files.
#ifndef CHOST_H
#define CHOST_H
#include <stdint.h>

struct chost_file {
    int32_t kind; // 1 a file, 2 a folder, 0 something else
    uint32_t owner;
    uint32_t mode;
    int64_t bytes;
    int64_t names;
    int64_t modified; // microseconds since 1970
    int64_t changed;
};

// 0, or -1 with errno.
int chost_status(const char *path, int follow, struct chost_file *out);
int chost_set_times(const char *path, int64_t seconds);
int64_t chost_clock(int clock);
// A pending signal of the sigset_t, or -1; never waits. Not by its own type: see above.
int chost_pending_signal(const void *watched);
// A close-on-exec file that can be read while one of the blocked signals is pending, or -1.
int chost_signal_file(const void *watched);
// A child that has ended and can be reaped, or 0; never waits, reaps nothing.
int chost_ended_child(void);
// Gives back to the system what the allocator keeps and nobody uses.
void chost_trim_memory(void);
// At most two pools of free memory, however many threads there are.
void chost_share_pools(void);
#endif
