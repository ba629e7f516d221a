// Lets a program die, or its disk be full, at a chosen call that changes files. Built and preloaded by
// scripts/crash-test:
//
//     SEGQ_CRASH_AT=17 SEGQ_CRASH_HOW=short LD_PRELOAD=./shim.so segq shop.segdb …
//
// kill    the call is not made, and the process is killed
// short   half of what is to be written is, and the process is killed
// lose    as if the power had gone: what was appended and not synced is cut off, then as kill
// full    this call and all later ones that write find the disk full
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { most_files = 1024 };

static _Atomic long calls;
/// How long each open file was when it was last synced; -1 where nothing is known.
static off_t synced[most_files];
static char is_known[most_files];

static const char *how(void) {
  const char *word = getenv("SEGQ_CRASH_HOW");
  return word == NULL ? "kill" : word;
}

static int is_regular(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

static off_t size_of(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 ? status.st_size : 0;
}

/// What was there before the first write is on the disk.
static void know(int fd) {
  if (fd < 0 || fd >= most_files || is_known[fd]) return;
  is_known[fd] = 1;
  synced[fd] = size_of(fd);
}

static void die(void) {
  if (strcmp(how(), "lose") == 0)
    for (int fd = 0; fd < most_files; fd++)
      if (is_known[fd] && is_regular(fd) && size_of(fd) > synced[fd]) (void)!ftruncate(fd, synced[fd]);
  kill(getpid(), SIGKILL);
}

/// Whether it is this call's turn. The count of a run that is not to die is told on leaving.
static int is_due(void) {
  const char *at = getenv("SEGQ_CRASH_AT");
  long call = ++calls;
  if (at == NULL) return 0;
  if (strcmp(how(), "full") == 0) return call >= atol(at);
  return call == atol(at);
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("SEGQ_CRASH_COUNT");
  if (path == NULL) return;
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  char text[32];
  int length = 0;
  for (long rest = calls, place = 1; rest > 0; rest /= 10, place *= 10) length++;
  for (long rest = calls, i = length; i > 0; rest /= 10) text[--i] = (char)('0' + rest % 10);
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  (void)!real(fd, text, (size_t)length);
}

#define REAL(type, name, ...) type (*real)(__VA_ARGS__) = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *bytes, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (!is_regular(fd)) return real(fd, bytes, size);
  know(fd);
  if (is_due()) {
    if (strcmp(how(), "full") == 0) return errno = ENOSPC, -1;
    if (strcmp(how(), "short") == 0) (void)!real(fd, bytes, size / 2);
    die();
  }
  return real(fd, bytes, size);
}

static ssize_t put(int fd, const void *bytes, size_t size, off_t offset) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off_t);
  know(fd);
  if (is_due()) {
    if (strcmp(how(), "full") == 0) return errno = ENOSPC, -1;
    if (strcmp(how(), "short") == 0) (void)!real(fd, bytes, size / 2, offset);
    die();
  }
  return real(fd, bytes, size, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return put(fd, bytes, size, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) { return put(fd, bytes, size, offset); }

static int sync_by(const char *name, int fd) {
  REAL(int, name, int);
  if (is_due()) {
    if (strcmp(how(), "full") == 0) return errno = ENOSPC, -1;
    die();
  }
  int result = real(fd);
  if (result == 0 && fd >= 0 && fd < most_files) {
    is_known[fd] = 1;
    synced[fd] = size_of(fd);
  }
  return result;
}

int fsync(int fd) { return sync_by("fsync", fd); }
int fdatasync(int fd) { return sync_by("fdatasync", fd); }

/// The system gives the number of a closed file to the next one.
int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < most_files) is_known[fd] = 0;
  return real(fd);
}

#define DIES_AT(name, parameters, arguments, ...)     \
  int name parameters {                               \
    REAL(int, #name, __VA_ARGS__);                    \
    if (is_due() && strcmp(how(), "full") != 0) die(); \
    return real arguments;                            \
  }

DIES_AT(rename, (const char *from, const char *to), (from, to), const char *, const char *)
DIES_AT(renameat2, (int at, const char *from, int to_at, const char *to, unsigned flags),
        (at, from, to_at, to, flags), int, const char *, int, const char *, unsigned)
DIES_AT(unlink, (const char *path), (path), const char *)
DIES_AT(mkdir, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
DIES_AT(rmdir, (const char *path), (path), const char *)
DIES_AT(chmod, (const char *path, mode_t mode), (path, mode), const char *, mode_t)
DIES_AT(ftruncate, (int fd, off_t size), (fd, size), int, off_t)
DIES_AT(ftruncate64, (int fd, off64_t size), (fd, size), int, off64_t)
