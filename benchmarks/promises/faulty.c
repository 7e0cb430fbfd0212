/* Makes the n-th write below one folder fail: `faulty_arm(n, errno, folder)`, then LD_PRELOAD.

   Counted are write, pwrite, pwrite64, ftruncate, fsync, fdatasync and rename
   on files below the folder; the n-th one fails, once. `faulty_fired()` says whether
   it has. Licence: Apache-2.0. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = 0;
static int fired = 0, code = 0;
static char folder[PATH_MAX];

void faulty_arm(long n, int number, const char *where) {
    snprintf(folder, sizeof folder, "%s", where);
    code = number;
    fired = 0;
    left = n;
}

int faulty_fired(void) { return fired; }

static int hit(void) {
    if (left <= 0 || --left > 0) return 0;
    fired = 1;
    errno = code;
    return 1;
}

static int below(int fd) {
    char link[64], path[PATH_MAX];
    if (left <= 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    return below(fd) && hit() ? -1 : real(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(pwrite);
    return below(fd) && hit() ? -1 : real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    return below(fd) && hit() ? -1 : real(fd, data, size, at);
}

int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    return below(fd) && hit() ? -1 : real(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    return below(fd) && hit() ? -1 : real(fd, size);
}

int fsync(int fd) {
    REAL(fsync);
    return below(fd) && hit() ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return below(fd) && hit() ? -1 : real(fd);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    int inside = left > 0 && strncmp(to, folder, strlen(folder)) == 0;
    return inside && hit() ? -1 : real(from, to);
}
