// libedit's `el_set` and `el_get` are variadic, which Swift cannot call; here is one function of
// fixed arguments for each use segq makes of them. They compile into the Swift module.
#ifndef SEGQ_LIBEDIT_SHIM_H
#define SEGQ_LIBEDIT_SHIM_H

#include <fcntl.h>
#include <histedit.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

typedef int (*segq_el_reader)(EditLine *, wchar_t *);
typedef unsigned char (*segq_el_command)(EditLine *, int);

/// An editor that sets up the terminal behind `in` but draws into nothing.
static inline EditLine *segq_el_open(int in) {
  FILE *sink = fopen("/dev/null", "r+");
  if (!sink) return NULL;
  EditLine *e = el_init_fd("segq", sink, sink, sink, in, in, in);
  if (!e) fclose(sink);
  return e;
}

static inline void segq_el_close(EditLine *e) {
  FILE *sink = NULL;
  el_get(e, EL_GETFP, 1, &sink);
  el_end(e);
  if (sink) fclose(sink);
}

static inline void segq_el_set_owner(EditLine *e, void *owner) { el_set(e, EL_CLIENTDATA, owner); }

static inline void *segq_el_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
}

static inline void segq_el_set_reader(EditLine *e, segq_el_reader f) { el_set(e, EL_GETCFN, f); }

/// The one command that all of segq's own keys run; libedit keeps the two texts for ever.
static inline void segq_el_set_command(EditLine *e, segq_el_command f) {
  el_wset(e, EL_ADDFN, L"segq-command", L"A command of segq itself", f);
}

static inline void segq_el_set_editor(EditLine *e, const char *map) { el_set(e, EL_EDITOR, map); }

/// Editing on, whatever `~/.editrc` says; Ctrl-C, Ctrl-Z, Ctrl-S and Enter as plain characters.
static inline void segq_el_set_modes(EditLine *e) {
  el_set(e, EL_EDITMODE, 1);
  el_set(e, EL_SETTY, "-d", "-isig", "-ixon", "-icrnl", "-inlcr", NULL);
}

static inline int segq_el_bind(EditLine *e, const char *key, const char *command) {
  return el_set(e, EL_BIND, key, command, NULL);
}

/// As above, in the map of vi's command mode.
static inline int segq_el_bind_vi(EditLine *e, const char *key, const char *command) {
  return el_set(e, EL_BIND, "-a", key, command, NULL);
}

/// In the map of vi's command mode: `key` stands for the characters of `keys`.
static inline int segq_el_alias_vi(EditLine *e, const char *key, const char *keys) {
  return el_set(e, EL_BIND, "-a", "-s", key, keys, NULL);
}

/// Raw (1) or cooked (0) now, without waiting for the next line.
static inline void segq_el_prepare(EditLine *e, int raw) { el_set(e, EL_PREP_TERM, raw); }

/// The C library hides this one behind a feature macro that Swift's import of it does not set.
extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);

/// 1 when there is something to read, 0 after `milliseconds` (never, when negative), -1 when one of
/// the signals came that `mask` lets through.
static inline int segq_wait(int descriptor, int milliseconds, const sigset_t *mask) {
  struct pollfd polled = {descriptor, POLLIN, 0};
  struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  return ppoll(&polled, 1, milliseconds < 0 ? NULL : &limit, mask);
}

#ifndef O_TMPFILE
/// Hidden too.
#define O_TMPFILE (020000000 | O_DIRECTORY)
#endif

/// A file in that open folder which has no name, and goes away with the program; −1 where there is no
/// such thing, or no way to give it a name.
static inline int segq_open_unnamed(int folder, unsigned int mode) {
  if (access("/proc/self/fd", X_OK) != 0) return -1;
  return openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
}

/// Gives a file without a name this one in that folder, which nobody must have.
static inline int segq_link(int descriptor, int folder, const char *name) {
  char own[32];
  snprintf(own, sizeof own, "/proc/self/fd/%d", descriptor);
  return linkat(AT_FDCWD, own, folder, name, AT_SYMLINK_FOLLOW);
}

/// From here on all threads allocate in one place, instead of 128 MB of addresses for each.
static inline void segq_share_memory(void) { mallopt(M_ARENA_MAX, 1); }

/// Gives memory back to the system that was freed before.
static inline void segq_give_back(void) { malloc_trim(0); }

#endif
