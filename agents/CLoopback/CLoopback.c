// Loaded before mpirun where all ranks of a task are on one host: what would listen on every address of the host
// listens on the loopback alone. Open MPI's mpirun has no setting for that. Its ranks are not touched.
#define _GNU_SOURCE
#include "CLoopback.h"

#include <dlfcn.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

typedef int (*binder)(int, const struct sockaddr *, socklen_t);

int bind(int socket, const struct sockaddr *address, socklen_t length) {
  binder next = (binder)dlsym(RTLD_NEXT, "bind");
  if (address != NULL && address->sa_family == AF_INET && length >= sizeof(struct sockaddr_in)) {
    struct sockaddr_in own;
    memcpy(&own, address, sizeof own);
    if (own.sin_addr.s_addr == htonl(INADDR_ANY)) {
      own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      return next(socket, (const struct sockaddr *)&own, sizeof own);
    }
  }
  if (address != NULL && address->sa_family == AF_INET6 && length >= sizeof(struct sockaddr_in6)) {
    struct sockaddr_in6 own;
    memcpy(&own, address, sizeof own);
    if (memcmp(&own.sin6_addr, &in6addr_any, sizeof in6addr_any) == 0) {
      own.sin6_addr = in6addr_loopback;
      return next(socket, (const struct sockaddr *)&own, sizeof own);
    }
  }
  return next(socket, address, length);
}

// The programs that mpirun starts get the environment that they would have had: ours is the first of the list.
__attribute__((constructor)) static void leave_the_others_alone(void) {
  const char *list = getenv("LD_PRELOAD");
  const char *rest = list == NULL ? NULL : strchr(list, ':');
  if (rest != NULL && rest[1] != '\0') {
    setenv("LD_PRELOAD", rest + 1, 1);
  } else {
    unsetenv("LD_PRELOAD");
  }
}
