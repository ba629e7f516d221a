#define _GNU_SOURCE
#include "mapping.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "checksum.h"
#include "packing.h"

enum {
  block_size = 65536,
  pieces = block_size / SEGQ_PIECE_SIZE,
  /// So many blocks behind one that follows a checked one are checked with it: somebody reads on.
  blocks_ahead = 8,
  /// So many are asked of the disk at once.
  blocks_foreseen = 64,
  /// So many have a place in each list.
  mappings_at_once = 1024,
  most_damages = 64,
};

/// Who unpacks a block works on it; others wait.
enum { untouched, worked_on, sound, damaged };

struct segq_mapping {
  segq_mapped_file file;
  /// What others read, the file as it is read here, and where what is packed in it is unpacked to.
  uint8_t *view;
  const uint8_t *raw;
  uint8_t *room;
  size_t plain_count;
  size_t block_count;
  /// Whether the checksums themselves are right: untouched, sound or damaged.
  _Atomic uint8_t checks_state;
  _Atomic uint8_t *states;
  _Atomic size_t areas;
};

/// All that is mapped. A list that is full has another behind it, and none goes: a handler may be reading it.
typedef struct list {
  segq_mapping *_Atomic mappings[mappings_at_once];
  struct list *_Atomic next;
} list;

static list first_list;
static _Atomic size_t areas;
static segq_damage damages[most_damages];
static _Atomic size_t damage_count;
static struct sigaction previous_segv, previous_bus;

// What follows runs in the handler of a signal: it calls the system and nothing else.

static void note(const segq_mapping *m, size_t offset) {
  size_t place = atomic_fetch_add(&damage_count, 1);
  if (place < most_damages) damages[place] = (segq_damage){m->file.number, offset};
}

static bool is_packed(const segq_mapping *m, size_t block) { return block >= m->plain_count; }

static size_t size_of_block(const segq_mapping *m, size_t block) {
  if (is_packed(m, block)) return block_size;
  size_t rest = m->file.plain_size - block * block_size;
  return rest < block_size ? rest : block_size;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static size_t size_of_plain_checks(const segq_mapping *m) {
  return (m->file.plain_size + SEGQ_PIECE_SIZE - 1) / SEGQ_PIECE_SIZE * sizeof(uint32_t);
}

static size_t size_of_checks(const segq_mapping *m) {
  return size_of_plain_checks(m) + m->file.packed_count * sizeof(segq_packed_block);
}

/// What the file says of a packed block; without a size where that is nonsense.
static segq_packed_block packed(const segq_mapping *m, size_t block) {
  segq_packed_block found;
  size_t at = size_of_plain_checks(m) + (block - m->plain_count) * sizeof found;
  memcpy(&found, m->raw + m->file.checks_offset + at, sizeof found);
  if (found.offset < m->file.plain_size || found.offset > m->file.checks_offset ||
      found.size > m->file.checks_offset - found.offset)
    return (segq_packed_block){m->file.plain_size, 0, 0};
  return found;
}

/// Asks the disk for bytes that will be looked at. The system itself is told not to guess: it would
/// read megabytes around each row of a page.
static void foresee(const segq_mapping *m, size_t offset, size_t size) {
  size_t page = offset & ~(size_t)4095;
  (void)madvise((void *)(m->raw + page), offset + size - page, MADV_WILLNEED);
}

static void foresee_blocks(const segq_mapping *m, size_t from, size_t count) {
  if (from >= m->block_count) return;
  size_t last = smaller(from + count, m->block_count) - 1;
  if (is_packed(m, last)) {
    size_t first = from < m->plain_count ? m->plain_count : from;
    segq_packed_block start = packed(m, first), end = packed(m, last);
    if (end.offset >= start.offset) foresee(m, start.offset, end.offset + end.size - start.offset);
  }
  if (is_packed(m, from)) return;
  size_t end = smaller((last + 1) * block_size, m->file.plain_size);
  foresee(m, from * block_size, end - from * block_size);
}

static void foresee_checks(segq_mapping *m) {
  if (atomic_load(&m->checks_state) == untouched)
    foresee(m, m->file.checks_offset, size_of_checks(m));
}

static bool are_checks_sound(segq_mapping *m) {
  uint8_t state = atomic_load(&m->checks_state);
  if (state == untouched) {
    foresee_checks(m);
    uint32_t digest = segq_checksum(m->raw + m->file.checks_offset, size_of_checks(m));
    state = digest == m->file.digest ? sound : damaged;
    atomic_store(&m->checks_state, state);
  }
  return state == sound;
}

/// Where in the file the first damaged piece of a block begins; -1 where all are sound.
static ptrdiff_t damage_in(segq_mapping *m, size_t block) {
  if (!are_checks_sound(m)) return (ptrdiff_t)m->file.checks_offset;
  if (is_packed(m, block)) {
    segq_packed_block p = packed(m, block);
    return segq_checksum(m->raw + p.offset, p.size) == p.checksum ? -1 : (ptrdiff_t)p.offset;
  }
  size_t start = block * block_size, size = size_of_block(m, block);
  uint32_t found[pieces];
  segq_checksums(m->raw + start, size, found);
  const uint8_t *wanted = m->raw + m->file.checks_offset + start / SEGQ_PIECE_SIZE * 4;
  for (size_t i = 0; i * SEGQ_PIECE_SIZE < size; i++)
    if (memcmp(&found[i], wanted + 4 * i, 4) != 0) return (ptrdiff_t)(start + i * SEGQ_PIECE_SIZE);
  return -1;
}

static uint8_t *room_of(const segq_mapping *m, size_t block) {
  return m->room + (block - m->plain_count) * block_size;
}

/// The pages stay, but are not counted twice as this program's.
static void leave_room(const segq_mapping *m, size_t block) {
  (void)madvise(room_of(m, block), block_size, MADV_DONTNEED);
}

/// What a packed block holds; of no size where that is nothing.
static segq_extent numbers_in(const segq_mapping *m, size_t block) {
  size_t start = block * block_size;
  for (size_t i = 0; i < m->file.extent_count; i++) {
    segq_extent e = m->file.extents[i];
    if (e.packed_width == 0 || start < e.offset || start >= e.offset + e.size) continue;
    e.size = smaller(block_size, e.offset + e.size - start) / e.packed_width * e.packed_width;
    e.offset = start;
    return e;
  }
  return (segq_extent){start, 0, 0, false};
}

static bool unpack_to(const segq_mapping *m, size_t block, segq_extent e, void *out) {
  segq_packed_block p = packed(m, block);
  return segq_unpack(m->raw + p.offset, p.size, e.size / e.packed_width, e.packed_width, out);
}

/// Unpacks a block whose checksum is right, where nobody reads it yet.
static bool unpack(const segq_mapping *m, size_t block) {
  segq_extent e = numbers_in(m, block);
  if (e.size == 0) return true;
#ifdef MADV_POPULATE_WRITE
  (void)madvise(room_of(m, block), (e.size + 4095) & ~(size_t)4095, MADV_POPULATE_WRITE);
#endif
  bool is_right = unpack_to(m, block, e, room_of(m, block));
  leave_room(m, block);
  return is_right;
}

static void check_blocks(segq_mapping *m, size_t from, size_t to);

/// The number before a block, where numbers ascend from `first` on. Damaged ones before it were replaced.
static uint32_t number_before(segq_mapping *m, size_t block, size_t first) {
  for (size_t before = first / block_size; before < block; before++) {
    check_blocks(m, before, before + 1);
    while (atomic_load(&m->states[before]) == worked_on) sched_yield();
  }
  uint32_t number;
  memcpy(&number, m->view + block * block_size - 4, 4);
  return number;
}

static void fill(segq_mapping *m, size_t block, uint8_t *out) {
  size_t start = block * block_size, end = start + size_of_block(m, block);
  memset(out, 0, end - start);
  for (size_t i = 0; i < m->file.extent_count; i++) {
    segq_extent e = m->file.extents[i];
    size_t from = e.offset > start ? e.offset : start, to = smaller(e.offset + e.size, end);
    if (!e.ascends || from >= to) continue;
    uint32_t number = from == e.offset ? 0 : number_before(m, block, e.offset);
    for (size_t at = from; at < to; at += 4) memcpy(out + at - start, &number, 4);
  }
}

/// Puts in the place of a damaged block what can be read without harm, at one stroke.
static void replace(segq_mapping *m, size_t block, size_t offset) {
  size_t size = size_of_block(m, block);
  uint8_t *place = m->view + block * block_size;
  if (is_packed(m, block)) {
    fill(m, block, room_of(m, block));
    leave_room(m, block);
    if (mprotect(place, size, PROT_READ) != 0) abort();
  } else {
    uint8_t *out = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (out == MAP_FAILED) abort();
    fill(m, block, out);
    if (mremap(out, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, place) == MAP_FAILED) abort();
  }
  atomic_store(&m->states[block], damaged);
  note(m, offset);
}

static void open_blocks(segq_mapping *m, size_t from, size_t to) {
  if (from == to) return;
  size_t end = (to - 1) * block_size + size_of_block(m, to - 1);
  if (mprotect(m->view + from * block_size, end - from * block_size, PROT_READ) != 0) abort();
  for (size_t block = from; block < to; block++) atomic_store(&m->states[block], sound);
}

/// Whether this thread is the one to look at a block.
static bool claim(segq_mapping *m, size_t block) {
  uint8_t state = untouched;
  return atomic_compare_exchange_strong(&m->states[block], &state, worked_on);
}

static void check_blocks(segq_mapping *m, size_t from, size_t to) {
  size_t start = from;
  for (size_t block = from; block < to; block++) {
    bool is_new = claim(m, block);
    ptrdiff_t offset = is_new ? damage_in(m, block) : -1;
    if (is_new && offset < 0 && is_packed(m, block) && !unpack(m, block))
      offset = (ptrdiff_t)packed(m, block).offset;
    if (is_new && offset < 0) continue;
    open_blocks(m, start, block);
    start = block + 1;
    if (is_new) replace(m, block, (size_t)offset);
  }
  open_blocks(m, start, to);
}

static void open_all(segq_mapping *m) {
  for (size_t from = 0; from < m->block_count; from += blocks_foreseen) {
    foresee_blocks(m, from, blocks_foreseen);
    check_blocks(m, from, smaller(from + blocks_foreseen, m->block_count));
  }
}

static void touch(segq_mapping *m, size_t block) {
  atomic_fetch_add(&m->areas, 2);
  if (atomic_fetch_add(&areas, 2) > SEGQ_MOST_AREAS) return open_all(m);
  foresee_checks(m);
  bool reads_on = block > 0 && atomic_load(&m->states[block - 1]) != untouched;
  size_t end = block + (reads_on ? blocks_ahead : 1);
  if (!reads_on) foresee_blocks(m, block, 1);
  else if (block % blocks_foreseen < blocks_ahead) foresee_blocks(m, block, blocks_foreseen);
  check_blocks(m, block, smaller(end, m->block_count));
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
  uint8_t state = atomic_load(&m->states[block]);
  if (state == untouched) touch(m, block);
  // Another thread was quicker; if it isn't done, the fault comes again.
  else if (state == worked_on) sched_yield();
}

/// A page of the view that is only read here has no file behind it any more.
static void stand_in(uintptr_t address) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  void *start = (void *)(address & ~(uintptr_t)(page - 1));
  if (mmap(start, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
    abort();
}

static bool is_in_view(const segq_mapping *m, uintptr_t address) {
  return address - (uintptr_t)m->view < m->block_count * block_size;
}

static segq_mapping *mapping_at(uintptr_t address) {
  for (list *l = &first_list; l != NULL; l = atomic_load(&l->next)) {
    for (size_t i = 0; i < mappings_at_once; i++) {
      segq_mapping *m = atomic_load(&l->mappings[i]);
      if (m == NULL) continue;
      if (is_in_view(m, address) || address - (uintptr_t)m->raw < m->file.file_size) return m;
    }
  }
  return NULL;
}

static void on_fault(int number, siginfo_t *info, void *context) {
  int saved = errno;
  uintptr_t address = (uintptr_t)info->si_addr;
  segq_mapping *m = is_write(context) ? NULL : mapping_at(address);
  if (m != NULL && is_in_view(m, address)) {
    fault(m, address - (uintptr_t)m->view, number == SIGBUS);
    errno = saved;
    return;
  }
  if (m != NULL && number == SIGBUS) {
    stand_in(address);
    errno = saved;
    return;
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

static bool exchange(list *l, segq_mapping *old, segq_mapping *new) {
  for (size_t i = 0; i < mappings_at_once; i++) {
    segq_mapping *expected = old;
    if (atomic_load(&l->mappings[i]) == old &&
        atomic_compare_exchange_strong(&l->mappings[i], &expected, new))
      return true;
  }
  return false;
}

/// The list behind another, which is made where there is none; NULL without memory for it.
static list *list_behind(list *l) {
  list *next = atomic_load(&l->next);
  if (next != NULL) return next;
  list *made = calloc(1, sizeof(list));
  if (made == NULL || atomic_compare_exchange_strong(&l->next, &next, made)) return made;
  free(made);
  return next;
}

static bool enlist(segq_mapping *m) {
  for (list *l = &first_list; l != NULL; l = list_behind(l))
    if (exchange(l, NULL, m)) return true;
  return false;
}

static void discard(segq_mapping *m) {
  if (m->view != MAP_FAILED) munmap(m->view, m->block_count * block_size);
  if (m->raw != MAP_FAILED) munmap((void *)m->raw, m->file.file_size);
  if (m->room != MAP_FAILED) munmap(m->room, m->file.packed_count * block_size);
}

/// Lays what is plain in the file and what is unpacked side by side, so that nothing can be read yet.
static bool lay_out(segq_mapping *m, int descriptor) {
  size_t plain = m->file.plain_size, unpacked = m->file.packed_count * block_size;
  m->raw = mmap(NULL, m->file.file_size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (m->raw == MAP_FAILED) return false;
  (void)madvise((void *)m->raw, m->file.file_size, MADV_RANDOM);
  if (m->block_count == 0) return true;
  m->view = mmap(NULL, m->block_count * block_size, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (m->view == MAP_FAILED) return false;
  if (plain > 0) {
    if (mmap(m->view, plain, PROT_NONE, MAP_SHARED | MAP_FIXED, descriptor, 0) == MAP_FAILED)
      return false;
    (void)madvise(m->view, plain, MADV_RANDOM);
  }
  if (unpacked == 0) return true;
  m->room = mmap(NULL, unpacked, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (m->room == MAP_FAILED) return false;
  // Of a size of 0 it is no move: the same pages at another place too.
  uint8_t *place = m->view + m->plain_count * block_size;
  return mremap(m->room, 0, unpacked, MREMAP_MAYMOVE | MREMAP_FIXED, place) != MAP_FAILED &&
         mprotect(place, unpacked, PROT_NONE) == 0;
}

segq_mapping *segq_map(int descriptor, const segq_mapped_file *file) {
  install();
  size_t plain = (file->plain_size + block_size - 1) / block_size;
  size_t count = plain + file->packed_count, extents = file->extent_count * sizeof(segq_extent);
  segq_mapping *m = calloc(1, sizeof(segq_mapping) + extents + count);
  if (m == NULL) return NULL;
  m->file = *file;
  m->file.extents = memcpy(m + 1, file->extents, extents);
  m->states = (_Atomic uint8_t *)(m + 1) + extents;
  m->plain_count = plain;
  m->block_count = count;
  m->view = m->room = MAP_FAILED;
  if (!lay_out(m, descriptor) || !enlist(m)) {
    int saved = errno;
    discard(m);
    free(m);
    errno = saved == 0 ? ENOMEM : saved;
    return NULL;
  }
  return m;
}

const void *segq_mapping_start(const segq_mapping *m) { return m->view; }

const void *segq_mapping_file(const segq_mapping *m) { return m->raw; }

/// What describes the mapping stays, a few bytes a block: a handler may still look at it.
void segq_unmap(segq_mapping *m) {
  for (list *l = &first_list; l != NULL; l = atomic_load(&l->next))
    if (exchange(l, m, NULL)) break;
  atomic_fetch_sub(&areas, atomic_load(&m->areas));
  discard(m);
}

/// False where the block is touched already or damaged.
static bool copy_untouched(segq_mapping *m, size_t block, size_t from, size_t to, uint8_t *out) {
  static _Thread_local uint8_t scratch[block_size];
  if (atomic_load(&m->states[block]) != untouched || damage_in(m, block) >= 0) return false;
  size_t start = block * block_size;
  if (!is_packed(m, block)) {
    memcpy(out, m->raw + from, to - from);
    return true;
  }
  segq_extent e = numbers_in(m, block);
  if (from == start && to == start + e.size) return unpack_to(m, block, e, out);
  if (to > start + e.size || !unpack_to(m, block, e, scratch)) return false;
  memcpy(out, scratch + (from - start), to - from);
  return true;
}

void segq_read(segq_mapping *m, size_t offset, size_t size, void *out) {
  size_t end = offset + size, first = offset / block_size;
  for (size_t block = first; block * block_size < end; block++) {
    if ((block - first) % blocks_foreseen == 0) foresee_blocks(m, block, blocks_foreseen);
    size_t from = block == first ? offset : block * block_size;
    size_t to = smaller((block + 1) * block_size, end);
    uint8_t *place = (uint8_t *)out + (from - offset);
    if (!copy_untouched(m, block, from, to, place)) memcpy(place, m->view + from, to - from);
  }
}

void segq_check(segq_mapping *m) {
  if (!are_checks_sound(m)) return note(m, m->file.checks_offset);
  for (size_t block = 0; block < m->block_count; block++) {
    if (block % blocks_foreseen == 0) foresee_blocks(m, block, blocks_foreseen);
    ptrdiff_t offset = damage_in(m, block);
    if (offset >= 0) note(m, (size_t)offset);
  }
}

size_t segq_damage_count(void) {
  size_t count = atomic_load(&damage_count);
  return count < most_damages ? count : most_damages;
}

segq_damage segq_damage_at(size_t place) { return damages[place]; }

void segq_forget_damage(void) { atomic_store(&damage_count, 0); }

int segq_rename_new(const char *from, const char *to) {
  int code = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
  // Not all file systems know how.
  return code != 0 && (errno == EINVAL || errno == ENOSYS) ? rename(from, to) : code;
}

void segq_begin_writing(int descriptor, ptrdiff_t offset, ptrdiff_t size) {
#ifdef SYNC_FILE_RANGE_WRITE
  (void)sync_file_range(descriptor, offset, size, SYNC_FILE_RANGE_WRITE);
#endif
}
