// The floor of "submit, then first instruction": a producer inserts a row and notifies in one transaction, a consumer waits on
// its socket and claims the row. Prints the median time from the send to the claimed row, in microseconds.
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { rounds = 300, gap_us = 3000 };
static const char *conninfo;
static _Atomic double began;
static double latency[rounds];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static PGconn *open_session(void) {
    PGconn *session = PQconnectdb(conninfo);
    if (PQstatus(session) == CONNECTION_OK) return session;
    fprintf(stderr, "listen_claim: %s", PQerrorMessage(session));
    exit(1);
}

static void *consume(void *unused) {
    (void)unused;
    PGconn *session = open_session();
    PQclear(PQexec(session, "LISTEN floor"));
    PQclear(PQprepare(session, "claim",
                      "UPDATE floor_job SET state = 1 WHERE id = (SELECT id FROM floor_job WHERE state = 0 ORDER BY id LIMIT 1 "
                      "FOR UPDATE SKIP LOCKED) RETURNING id",
                      0, 0));
    for (int round = 0; round < rounds;) {
        struct pollfd descriptor = {PQsocket(session), POLLIN, 0};
        poll(&descriptor, 1, 1000);
        PQconsumeInput(session);
        int notified = 0;
        for (PGnotify *note; (note = PQnotifies(session)); notified = 1) PQfreemem(note);
        if (!notified) continue;
        PGresult *claimed = PQexecPrepared(session, "claim", 0, 0, 0, 0, 0);
        if (PQntuples(claimed) == 1) {
            latency[round++] = now() - began;
            began = 0;
        }
        PQclear(claimed);
    }
    PQfinish(session);
    return 0;
}

int main(int count, char **arguments) {
    if (count != 2) return fprintf(stderr, "usage: listen_claim CONNINFO\n"), 64;
    conninfo = arguments[1];
    PGconn *session = open_session();
    PQclear(PQexec(session, "CREATE UNLOGGED TABLE IF NOT EXISTS floor_job (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
                            "state smallint NOT NULL DEFAULT 0); ALTER TABLE floor_job SET LOGGED; TRUNCATE floor_job"));
    PQclear(PQprepare(session, "enqueue",
                      "WITH i AS (INSERT INTO floor_job DEFAULT VALUES RETURNING id) SELECT pg_notify('floor', '') FROM i", 0, 0));
    pthread_t consumer;
    pthread_create(&consumer, 0, consume, 0);
    usleep(200000);
    for (int round = 0; round < rounds; round++) {
        while (began != 0) usleep(100);
        usleep(gap_us);
        began = now();
        PQclear(PQexecPrepared(session, "enqueue", 0, 0, 0, 0, 0));
    }
    pthread_join(consumer, 0);
    PQclear(PQexec(session, "DROP TABLE floor_job"));
    PQfinish(session);
    qsort(latency, rounds, sizeof *latency, ascending);
    printf("%.0f\n", latency[rounds / 2]);
    return 0;
}
