#define _GNU_SOURCE
#include "mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "checksum.h"

enum {
  block_size = 65536,
  pieces = block_size / SEGQ_PIECE_SIZE,
  /// So many blocks behind one that follows a checked one are checked with it: somebody reads on.
  blocks_ahead = 8,
  /// So many are asked of the disk at once.
  blocks_foreseen = 64,
  most_mappings = 4096,
  most_damages = 64,
  /// The system allows 65,530 areas of memory; each block that stands alone makes two.
  most_areas = 20000,
};

enum { untouched, sound, damaged };

struct segq_mapping {
  segq_mapped_file file;
  /// What others read, and what is read here.
  uint8_t *view;
  const uint8_t *raw;
  size_t block_count;
  /// Whether the checksums themselves are right: untouched, sound or damaged.
  _Atomic uint8_t checks_state;
  _Atomic uint8_t *states;
  _Atomic size_t areas;
};

static segq_mapping *_Atomic mappings[most_mappings];
static _Atomic size_t areas;
static segq_damage damages[most_damages];
static _Atomic size_t damage_count;
static struct sigaction previous_segv, previous_bus;

// What follows runs in the handler of a signal: it calls the system and nothing else.

static void note(const segq_mapping *m, size_t offset) {
  size_t place = atomic_fetch_add(&damage_count, 1);
  if (place < most_damages) damages[place] = (segq_damage){m->file.number, offset};
}

static size_t size_of_block(const segq_mapping *m, size_t block) {
  size_t rest = m->file.checked_size - block * block_size;
  return rest < block_size ? rest : block_size;
}

/// Asks the disk for bytes that will be looked at. The system itself is told not to guess: it would
/// read megabytes around each row of a page.
static void foresee(const segq_mapping *m, size_t offset, size_t size) {
  size_t page = offset & ~(size_t)4095;
  (void)madvise((void *)(m->raw + page), offset + size - page, MADV_WILLNEED);
}

static void foresee_blocks(const segq_mapping *m, size_t from) {
  size_t start = from * block_size, size = blocks_foreseen * block_size;
  if (start >= m->file.checked_size) return;
  size_t rest = m->file.checked_size - start;
  foresee(m, start, rest < size ? rest : size);
}

static bool are_checks_sound(segq_mapping *m) {
  uint8_t state = atomic_load(&m->checks_state);
  if (state == untouched) {
    size_t count = (m->file.checked_size + SEGQ_PIECE_SIZE - 1) / SEGQ_PIECE_SIZE;
    foresee(m, m->file.checked_size, count * sizeof(uint32_t));
    uint32_t digest = segq_checksum(m->raw + m->file.checked_size, count * sizeof(uint32_t));
    state = digest == m->file.digest ? sound : damaged;
    atomic_store(&m->checks_state, state);
  }
  return state == sound;
}

/// Where the first damaged piece of a block begins; -1 where all are sound.
static ptrdiff_t damage_in(segq_mapping *m, size_t block) {
  size_t start = block * block_size, size = size_of_block(m, block);
  uint32_t found[pieces];
  if (!are_checks_sound(m)) return (ptrdiff_t)start;
  segq_checksums(m->raw + start, size, found);
  const uint8_t *wanted = m->raw + m->file.checked_size + start / SEGQ_PIECE_SIZE * 4;
  for (size_t i = 0; i * SEGQ_PIECE_SIZE < size; i++)
    if (memcmp(&found[i], wanted + 4 * i, 4) != 0) return (ptrdiff_t)(start + i * SEGQ_PIECE_SIZE);
  return -1;
}

/// The number before an offset at which a block begins, where numbers ascend from `first` on: of the
/// last block that is sound.
static uint32_t last_sound(segq_mapping *m, size_t offset, size_t first) {
  uint32_t number = 0;
  for (size_t at = offset; at > first; at -= block_size) {
    if (damage_in(m, at / block_size - 1) >= 0) continue;
    memcpy(&number, m->raw + at - 4, 4);
    break;
  }
  return number;
}

static void fill(segq_mapping *m, size_t block, uint8_t *out) {
  size_t start = block * block_size, end = start + size_of_block(m, block);
  for (size_t i = 0; i < m->file.ascent_count; i++) {
    segq_ascent ascent = m->file.ascents[i];
    size_t from = ascent.offset > start ? ascent.offset : start;
    size_t to = ascent.offset + ascent.size < end ? ascent.offset + ascent.size : end;
    if (from >= to) continue;
    uint32_t number = from == start ? last_sound(m, start, ascent.offset) : 0;
    for (size_t at = from; at < to; at += 4) memcpy(out + at - start, &number, 4);
  }
}

/// Puts in the place of a damaged block what can be read without harm, at one stroke.
static void replace(segq_mapping *m, size_t block, size_t offset) {
  size_t size = size_of_block(m, block);
  uint8_t *out = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (out == MAP_FAILED) abort();
  fill(m, block, out);
  if (mremap(out, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, m->view + block * block_size) ==
      MAP_FAILED)
    abort();
  atomic_store(&m->states[block], damaged);
  note(m, offset);
}

static void open_blocks(segq_mapping *m, size_t from, size_t to) {
  if (from == to) return;
  size_t end = to == m->block_count ? m->file.checked_size : to * block_size;
  if (mprotect(m->view + from * block_size, end - from * block_size, PROT_READ) != 0) abort();
  for (size_t block = from; block < to; block++) atomic_store(&m->states[block], sound);
}

static void check_blocks(segq_mapping *m, size_t from, size_t to) {
  size_t start = from;
  for (size_t block = from; block < to; block++) {
    bool is_new = atomic_load(&m->states[block]) == untouched;
    ptrdiff_t offset = is_new ? damage_in(m, block) : -1;
    if (is_new && offset < 0) continue;
    open_blocks(m, start, block);
    start = block + 1;
    if (is_new) replace(m, block, (size_t)offset);
  }
  open_blocks(m, start, to);
}

static void check_all(segq_mapping *m) {
  for (size_t from = 0; from < m->block_count; from += blocks_foreseen) {
    size_t to = from + blocks_foreseen;
    foresee_blocks(m, from);
    check_blocks(m, from, to < m->block_count ? to : m->block_count);
  }
}

static void touch(segq_mapping *m, size_t block) {
  atomic_fetch_add(&m->areas, 2);
  if (atomic_fetch_add(&areas, 2) > most_areas) return check_all(m);
  bool reads_on = block > 0 && atomic_load(&m->states[block - 1]) != untouched;
  size_t end = block + (reads_on ? blocks_ahead : 1);
  if (!reads_on) foresee(m, block * block_size, size_of_block(m, block));
  else if (block % blocks_foreseen < blocks_ahead) foresee_blocks(m, block);
  check_blocks(m, block, end < m->block_count ? end : m->block_count);
}

static bool is_write(void *context) {
#if defined(__x86_64__)
  return (((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] & 2) != 0;
#else
  return false;
#endif
}

static void fault(segq_mapping *m, size_t offset, bool is_cut) {
  size_t block = offset / block_size;
  // The file became shorter after it was checked.
  if (is_cut) return replace(m, block, offset);
  // Else another thread was quicker.
  if (atomic_load(&m->states[block]) == untouched) touch(m, block);
}

/// A page of the view that is only read here has no file behind it any more.
static void stand_in(uintptr_t address) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  void *start = (void *)(address & ~(uintptr_t)(page - 1));
  if (mmap(start, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
    abort();
}

static void on_fault(int number, siginfo_t *info, void *context) {
  int saved = errno;
  uintptr_t address = (uintptr_t)info->si_addr;
  for (size_t i = 0; i < most_mappings; i++) {
    segq_mapping *m = atomic_load(&mappings[i]);
    if (m == NULL || is_write(context)) continue;
    if (address - (uintptr_t)m->view < m->file.checked_size) {
      fault(m, address - (uintptr_t)m->view, number == SIGBUS);
      errno = saved;
      return;
    }
    if (number == SIGBUS && address - (uintptr_t)m->raw < m->file.file_size) {
      stand_in(address);
      errno = saved;
      return;
    }
  }
  // Not ours: it comes again, to whom it came before.
  sigaction(number, number == SIGBUS ? &previous_bus : &previous_segv, NULL);
  errno = saved;
}

// What follows runs as anything else does.

static void install(void) {
  static _Atomic bool is_installed;
  if (atomic_exchange(&is_installed, true)) return;
  struct sigaction action = {0};
  action.sa_sigaction = on_fault;
  // A file that is cut while it is checked is a fault within a fault.
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  sigaction(SIGSEGV, &action, &previous_segv);
  sigaction(SIGBUS, &action, &previous_bus);
}

static bool enlist(segq_mapping *m) {
  for (size_t i = 0; i < most_mappings; i++) {
    segq_mapping *none = NULL;
    if (atomic_compare_exchange_strong(&mappings[i], &none, m)) return true;
  }
  return false;
}

static void discard(segq_mapping *m) {
  if (m->view != MAP_FAILED) munmap(m->view, m->file.file_size);
  if (m->raw != MAP_FAILED) munmap((void *)m->raw, m->file.file_size);
}

segq_mapping *segq_map(int descriptor, const segq_mapped_file *file) {
  install();
  size_t count = (file->checked_size + block_size - 1) / block_size;
  size_t ascents = file->ascent_count * sizeof(segq_ascent);
  segq_mapping *m = calloc(1, sizeof(segq_mapping) + ascents + count);
  if (m == NULL) return NULL;
  m->file = *file;
  m->file.ascents = memcpy(m + 1, file->ascents, ascents);
  m->states = (_Atomic uint8_t *)(m + 1) + ascents;
  m->block_count = count;
  m->view = mmap(NULL, file->file_size, PROT_NONE, MAP_SHARED, descriptor, 0);
  m->raw = mmap(NULL, file->file_size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (m->view != MAP_FAILED) (void)madvise(m->view, file->file_size, MADV_RANDOM);
  if (m->raw != MAP_FAILED) (void)madvise((void *)m->raw, file->file_size, MADV_RANDOM);
  if (m->view == MAP_FAILED || m->raw == MAP_FAILED || !enlist(m)) {
    int saved = errno;
    discard(m);
    free(m);
    errno = saved == 0 ? ENOMEM : saved;
    return NULL;
  }
  return m;
}

const void *segq_mapping_start(const segq_mapping *m) { return m->view; }

/// What describes the mapping stays, a few bytes a block: a handler may still look at it.
void segq_unmap(segq_mapping *m) {
  for (size_t i = 0; i < most_mappings; i++) {
    segq_mapping *own = m;
    if (atomic_compare_exchange_strong(&mappings[i], &own, NULL)) break;
  }
  atomic_fetch_sub(&areas, atomic_load(&m->areas));
  discard(m);
}

void segq_check(segq_mapping *m) { check_all(m); }

size_t segq_damage_count(void) {
  size_t count = atomic_load(&damage_count);
  return count < most_damages ? count : most_damages;
}

segq_damage segq_damage_at(size_t place) { return damages[place]; }

void segq_forget_damage(void) { atomic_store(&damage_count, 0); }

void segq_begin_writing(int descriptor, ptrdiff_t offset, ptrdiff_t size) {
#ifdef SYNC_FILE_RANGE_WRITE
  (void)sync_file_range(descriptor, offset, size, SYNC_FILE_RANGE_WRITE);
#endif
}
