#include <libpq-fe.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

/* Swift's Glibc module lacks epoll and eventfd, and imports neither cast macros nor packed unions. */

typedef struct {
    uint64_t token;
    int readable; /* also on hang-up and error: the next read tells which */
    int writable;
} clibpq_event;

static inline int clibpq_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int clibpq_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

static inline int clibpq_epoll_set(int epoll, int add, int fd, int writable, uint64_t token) {
    struct epoll_event e = {.events = EPOLLIN | (writable ? EPOLLOUT : 0)};
    e.data.u64 = token;
    return epoll_ctl(epoll, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &e);
}

static inline int clibpq_epoll_remove(int epoll, int fd) {
    struct epoll_event e = {0};
    return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, &e);
}

/* Fills at most 64 events; returns their number, or -1 with errno. */
static inline int clibpq_epoll_wait(int epoll, clibpq_event *out) {
    struct epoll_event events[64];
    int n = epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < n; i++) {
        out[i].token = events[i].data.u64;
        out[i].readable = (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) != 0;
        out[i].writable = (events[i].events & EPOLLOUT) != 0;
    }
    return n;
}

/* Our threads take no signals: those belong to the program that links us. */
static inline void clibpq_block_signals(void) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, 0);
}
