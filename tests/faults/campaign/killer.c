/* Loaded before all else into a program (LD_PRELOAD): kills it with SIGKILL at its N-th system call of a kind.

   CAMPAIGN_AT = "sync|name|write:N:before|half|after". Children do not inherit it. Without it only counts, and writes
   the counts into the file CAMPAIGN_COUNT at the end. A write that is cut in half leaves half of its bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { SYNC, NAME, WRITE, KINDS };
enum { NOT_NOW, BEFORE, HALF, AFTER };
static const char *kinds[KINDS] = {"sync", "name", "write"};
static atomic_long seen[KINDS];
static int kind = -1, how;
static long when;
static char count_file[4096];

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

static int due(int k) { return (atomic_fetch_add(&seen[k], 1) + 1 == when && k == kind) ? how : NOT_NOW; }

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("CAMPAIGN_AT"), *file = getenv("CAMPAIGN_COUNT");
    char name[16] = "", moment[16] = "";
    if (at && sscanf(at, "%15[^:]:%ld:%15s", name, &when, moment) == 3) {
        for (int k = 0; k < KINDS; k++) if (!strcmp(name, kinds[k])) kind = k;
        how = !strcmp(moment, "half") ? HALF : !strcmp(moment, "after") ? AFTER : BEFORE;
    }
    if (file) snprintf(count_file, sizeof count_file, "%s", file);
    unsetenv("LD_PRELOAD"); unsetenv("CAMPAIGN_AT"); unsetenv("CAMPAIGN_COUNT");
}

__attribute__((destructor)) static void end(void) {
    if (!*count_file) return;
    FILE *file = fopen(count_file, "w");
    if (!file) return;
    fprintf(file, "{\"sync\": %ld, \"name\": %ld, \"write\": %ld}\n", seen[SYNC], seen[NAME], seen[WRITE]);
    fclose(file);
}

static int regular(int fd) { struct stat s; return fd > 2 && !fstat(fd, &s) && S_ISREG(s.st_mode); }

#define NEXT(f) static __typeof__(f) *next; if (!next) next = (__typeof__(f) *)dlsym(RTLD_NEXT, #f)
#define AROUND(k, call) int now = due(k); if (now == BEFORE || now == HALF) die(); \
    __typeof__(call) answer = call; if (now == AFTER) die(); return answer

int fsync(int fd) { NEXT(fsync); AROUND(SYNC, next(fd)); }
int fdatasync(int fd) { NEXT(fdatasync); AROUND(SYNC, next(fd)); }
int rename(const char *a, const char *b) { NEXT(rename); AROUND(NAME, next(a, b)); }
int renameat(int d, const char *a, int e, const char *b) { NEXT(renameat); AROUND(NAME, next(d, a, e, b)); }
int renameat2(int d, const char *a, int e, const char *b, unsigned f) { NEXT(renameat2); AROUND(NAME, next(d, a, e, b, f)); }
int link(const char *a, const char *b) { NEXT(link); AROUND(NAME, next(a, b)); }
int linkat(int d, const char *a, int e, const char *b, int f) { NEXT(linkat); AROUND(NAME, next(d, a, e, b, f)); }
int unlink(const char *a) { NEXT(unlink); AROUND(NAME, next(a)); }
int unlinkat(int d, const char *a, int f) { NEXT(unlinkat); AROUND(NAME, next(d, a, f)); }
int rmdir(const char *a) { NEXT(rmdir); AROUND(NAME, next(a)); }
int mkdir(const char *a, mode_t m) { NEXT(mkdir); AROUND(NAME, next(a, m)); }
int ftruncate(int fd, off_t n) { NEXT(ftruncate); AROUND(WRITE, next(fd, n)); }
int ftruncate64(int fd, off64_t n) { NEXT(ftruncate64); AROUND(WRITE, next(fd, n)); }

#define HALVED(full, part) int now = due(WRITE); if (now == BEFORE) die(); if (now == HALF) { ssize_t some = part; (void)some; die(); } \
    ssize_t answer = full; if (now == AFTER) die(); return answer

ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { NEXT(pwrite); HALVED(next(fd, b, n, o), next(fd, b, n / 2, o)); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { NEXT(pwrite64); HALVED(next(fd, b, n, o), next(fd, b, n / 2, o)); }
ssize_t write(int fd, const void *b, size_t n) {
    NEXT(write);
    if (!regular(fd)) return next(fd, b, n);
    HALVED(next(fd, b, n), next(fd, b, n / 2));
}
