/* Loaded before libc: while the file $LPM_FAILING_WHILE exists, nothing is written below the folder $LPM_FAILING_FOLDER
   and nothing there reaches a disk (EIO), as with a disk that fails. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int fails(int fd) {
    const char *folder = getenv("LPM_FAILING_FOLDER");
    const char *flag = getenv("LPM_FAILING_WHILE");
    char link[64], path[PATH_MAX];
    int kept = errno, failing = 0;
    if (folder && flag && access(flag, F_OK) == 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, path, sizeof path - 1);
        size_t prefix = strlen(folder);
        failing = length > (ssize_t) prefix && strncmp(path, folder, prefix) == 0 && path[prefix] == '/';
    }
    errno = failing ? EIO : kept;
    return failing;
}

#define FAILING(result, name, parameters, arguments)                    \
    result name parameters {                                            \
        static result (*next) parameters;                               \
        if (!next) next = (result (*) parameters) dlsym(RTLD_NEXT, #name); \
        return fails(fd) ? -1 : next arguments;                         \
    }

FAILING(ssize_t, write, (int fd, const void *bytes, size_t size), (fd, bytes, size))
FAILING(ssize_t, pwrite, (int fd, const void *bytes, size_t size, off_t at), (fd, bytes, size, at))
FAILING(ssize_t, pwrite64, (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
FAILING(ssize_t, writev, (int fd, const struct iovec *all, int count), (fd, all, count))
FAILING(ssize_t, pwritev, (int fd, const struct iovec *all, int count, off_t at), (fd, all, count, at))
FAILING(ssize_t, pwritev64, (int fd, const struct iovec *all, int count, off64_t at), (fd, all, count, at))
FAILING(int, fsync, (int fd), (fd))
FAILING(int, fdatasync, (int fd), (fd))
