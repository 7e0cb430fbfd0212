/* Records every change below a folder, with LD_PRELOAD, so that a power cut can be replayed.

   RECORD_FOLDER names the folder, RECORD_LOG the file of records: a letter, the lengths of the
   path and of the data (32 bits each), an offset (64 bits), path, data. W write, T truncate,
   S sync, R rename (the data is the new path), U unlink, M a mark of `recorder_mark`.
   Licence: Apache-2.0. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int out = -1;
static const char *folder;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("RECORD_LOG");
    folder = getenv("RECORD_FOLDER");
    if (log && folder) out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(char what, const char *path, uint64_t at, const void *data, size_t size) {
    struct { uint32_t path, data; uint64_t at; } head = {strlen(path), size, at};
    struct iovec parts[4] = {{&what, 1}, {&head, sizeof head}, {(void *)path, head.path},
                             {(void *)data, size}};
    pthread_mutex_lock(&turn);
    if (syscall(SYS_writev, out, parts, 4) < 0) abort();
    pthread_mutex_unlock(&turn);
}

static int inside(const char *path) {
    return out >= 0 && strncmp(path, folder, strlen(folder)) == 0;
}

static int of(int fd, char *path) {
    char link[64];
    if (out < 0 || fd == out) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, PATH_MAX - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return inside(path);
}

void recorder_mark(const char *words) {
    if (out >= 0) put('M', "", 0, words, strlen(words));
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    char path[PATH_MAX];
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, data, size);
    if (done > 0 && at >= 0 && of(fd, path)) put('W', path, at, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(pwrite64);
    char path[PATH_MAX];
    ssize_t done = real(fd, data, size, at);
    if (done > 0 && of(fd, path)) put('W', path, at, data, done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return pwrite64(fd, data, size, at);
}

int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    char path[PATH_MAX];
    int done = real(fd, size);
    if (done == 0 && of(fd, path)) put('T', path, size, "", 0);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static void synced(int fd, int done) {
    char path[PATH_MAX];
    if (done == 0 && of(fd, path)) put('S', path, 0, "", 0);
}

int fsync(int fd) {
    REAL(fsync);
    int done = real(fd);
    synced(fd, done);
    return done;
}

int fdatasync(int fd) {
    REAL(fdatasync);
    int done = real(fd);
    synced(fd, done);
    return done;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    int done = real(from, to);
    if (done == 0 && inside(to)) put('R', from, 0, to, strlen(to));
    return done;
}

int unlink(const char *path) {
    REAL(unlink);
    int done = real(path);
    if (done == 0 && inside(path)) put('U', path, 0, "", 0);
    return done;
}
