#include "catalog.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "checksum.h"

enum {
  least_page = 512,
  reserved_at = 20,
  log_header = 32,
  frame_header = 24,
};

/// A database or its log. What SQLite opens under it lies behind it.
typedef struct {
  sqlite3_file base;
  bool is_log;
  /// Of a database: whether its pages are known to have trailers.
  bool has_trailers;
  /// Of a log: from here on lie frames of a change that is not committed. SQLite may write them twice, and
  /// then mends their checksums when it commits.
  sqlite3_int64 unfinished;
} layer;

static sqlite3_vfs *beneath;

static sqlite3_file *under(sqlite3_file *file) { return (sqlite3_file *)((layer *)file + 1); }

static bool is_page(int size, sqlite3_int64 offset) {
  return size >= least_page && (size & (size - 1)) == 0 && offset % size == 0;
}

static uint32_t big(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

// Pages of the database.

static const char mark[4] = {'S', 'G', 'Q', '1'};

static uint32_t trailer_of(const uint8_t *page, int size, sqlite3_int64 offset) {
  uint32_t number = (uint32_t)(offset / size) + 1;
  // Of both parts, so that no page counts at the place of another.
  uint32_t checks[2] = {number, segq_checksum(page, (size_t)size - 4)};
  return segq_checksum(checks, sizeof checks);
}

static void seal(uint8_t *page, int size, sqlite3_int64 offset) {
  memcpy(page + size - 8, mark, 4);
  uint32_t check = trailer_of(page, size, offset);
  memcpy(page + size - 4, &check, 4);
}

static bool is_sealed(const uint8_t *page, int size, sqlite3_int64 offset) {
  uint32_t check = trailer_of(page, size, offset);
  return memcmp(page + size - 8, mark, 4) == 0 && memcmp(page + size - 4, &check, 4) == 0;
}

/// Whether the pages have trailers. The first page tells it twice, so that one flipped bit does not hide it.
/// Those of an older program have none until it is changed, by whomever.
static bool has_trailers(layer *l, int size) {
  if (l->has_trailers) return true;
  uint8_t reserved = 0, end[SEGQ_TRAILER_SIZE];
  sqlite3_file *file = under(&l->base);
  if (file->pMethods->xRead(file, &reserved, 1, reserved_at) != SQLITE_OK ||
      file->pMethods->xRead(file, end, sizeof end, size - SEGQ_TRAILER_SIZE) != SQLITE_OK)
    return false;
  l->has_trailers = reserved == SEGQ_TRAILER_SIZE || memcmp(end, mark, sizeof mark) == 0;
  return l->has_trailers;
}

static int read_page(layer *l, void *out, int size, sqlite3_int64 offset) {
  sqlite3_file *file = under(&l->base);
  int code = file->pMethods->xRead(file, out, size, offset);
  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
  if (!has_trailers(l, size) || is_sealed(out, size, offset)) return code;
  return SQLITE_IOERR_DATA;
}

static int write_page(layer *l, const void *page, int size, sqlite3_int64 offset) {
  sqlite3_file *file = under(&l->base);
  if (offset == 0 && ((const uint8_t *)page)[reserved_at] == SEGQ_TRAILER_SIZE) l->has_trailers = true;
  if (!has_trailers(l, size)) return file->pMethods->xWrite(file, page, size, offset);
  // SQLite's own copy stays as it is: the checksums of its log are over that.
  uint8_t *sealed = malloc((size_t)size);
  if (sealed == NULL) return SQLITE_NOMEM;
  memcpy(sealed, page, (size_t)size);
  seal(sealed, size, offset);
  int code = file->pMethods->xWrite(file, sealed, size, offset);
  free(sealed);
  return code;
}

// Frames of the log.

/// Goes on with the checksum of a log over bytes, eight at a time.
static void add_to_log(uint32_t sum[2], const uint8_t *bytes, size_t size, bool is_big) {
  for (size_t at = 0; at < size; at += 8) {
    uint32_t words[2];
    memcpy(words, bytes + at, 8);
    if (is_big != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)) {
      words[0] = __builtin_bswap32(words[0]);
      words[1] = __builtin_bswap32(words[1]);
    }
    sum[0] += words[0] + sum[1];
    sum[1] += words[1] + sum[0];
  }
}

/// Whether a page in the log is the one that was written; its frame begins before it.
static bool is_frame_sound(sqlite3_file *file, const uint8_t *page, int size, sqlite3_int64 frame) {
  uint8_t start[log_header], header[frame_header], before[8];
  sqlite3_int64 end_before = frame == log_header ? frame : frame - size;
  if (file->pMethods->xRead(file, start, sizeof start, 0) != SQLITE_OK ||
      file->pMethods->xRead(file, header, sizeof header, frame) != SQLITE_OK ||
      file->pMethods->xRead(file, before, sizeof before, end_before - 8) != SQLITE_OK)
    return false;
  uint32_t sum[2] = {big(before), big(before + 4)};
  bool is_big = (big(start) & 1) != 0;
  add_to_log(sum, header, 8, is_big);
  add_to_log(sum, page, (size_t)size, is_big);
  return sum[0] == big(header + 16) && sum[1] == big(header + 20);
}

static int read_frame(layer *l, void *out, int size, sqlite3_int64 offset) {
  sqlite3_file *file = under(&l->base);
  int code = file->pMethods->xRead(file, out, size, offset);
  sqlite3_int64 frame = offset - frame_header;
  bool is_whole = size >= least_page && (size & (size - 1)) == 0 && frame >= log_header &&
                  (frame - log_header) % (size + frame_header) == 0;
  if (code != SQLITE_OK || !is_whole || frame >= l->unfinished) return code;
  return is_frame_sound(file, out, size, frame) ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int write_frame(layer *l, const void *bytes, int size, sqlite3_int64 offset) {
  sqlite3_file *file = under(&l->base);
  if (size == frame_header) {
    bool is_commit = big((const uint8_t *)bytes + 4) != 0;
    if (is_commit) l->unfinished = INT64_MAX;
    else if (offset < l->unfinished) l->unfinished = offset;
  }
  return file->pMethods->xWrite(file, bytes, size, offset);
}

// What SQLite calls.

static int on_close(sqlite3_file *f) { return under(f)->pMethods->xClose(under(f)); }

static int on_read(sqlite3_file *f, void *out, int size, sqlite3_int64 offset) {
  layer *l = (layer *)f;
  if (l->is_log) return read_frame(l, out, size, offset);
  if (is_page(size, offset)) return read_page(l, out, size, offset);
  return under(f)->pMethods->xRead(under(f), out, size, offset);
}

static int on_write(sqlite3_file *f, const void *bytes, int size, sqlite3_int64 offset) {
  layer *l = (layer *)f;
  if (l->is_log) return write_frame(l, bytes, size, offset);
  if (is_page(size, offset)) return write_page(l, bytes, size, offset);
  return under(f)->pMethods->xWrite(under(f), bytes, size, offset);
}

static int on_truncate(sqlite3_file *f, sqlite3_int64 size) {
  return under(f)->pMethods->xTruncate(under(f), size);
}
static int on_sync(sqlite3_file *f, int flags) { return under(f)->pMethods->xSync(under(f), flags); }
static int on_size(sqlite3_file *f, sqlite3_int64 *size) {
  return under(f)->pMethods->xFileSize(under(f), size);
}
static int on_lock(sqlite3_file *f, int kind) { return under(f)->pMethods->xLock(under(f), kind); }
static int on_unlock(sqlite3_file *f, int kind) { return under(f)->pMethods->xUnlock(under(f), kind); }
static int on_reserved(sqlite3_file *f, int *out) {
  return under(f)->pMethods->xCheckReservedLock(under(f), out);
}
static int on_control(sqlite3_file *f, int what, void *about) {
  return under(f)->pMethods->xFileControl(under(f), what, about);
}
static int on_sector(sqlite3_file *f) { return under(f)->pMethods->xSectorSize(under(f)); }
static int on_device(sqlite3_file *f) { return under(f)->pMethods->xDeviceCharacteristics(under(f)); }
static int on_shared(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return under(f)->pMethods->xShmMap(under(f), page, size, extend, out);
}
static int on_shared_lock(sqlite3_file *f, int offset, int count, int flags) {
  return under(f)->pMethods->xShmLock(under(f), offset, count, flags);
}
static void on_barrier(sqlite3_file *f) { under(f)->pMethods->xShmBarrier(under(f)); }
static int on_unshared(sqlite3_file *f, int removes) {
  return under(f)->pMethods->xShmUnmap(under(f), removes);
}

/// Version 2: nothing is mapped, so that each page is read by `xRead`.
static const sqlite3_io_methods methods = {
    2,           on_close,   on_read,   on_write,  on_truncate, on_sync,        on_size,    on_lock,
    on_unlock,   on_reserved, on_control, on_sector, on_device,   on_shared,      on_shared_lock,
    on_barrier,  on_unshared, NULL,      NULL,
};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out) {
  (void)vfs;
  // Journals of a rollback and files for sorting have no pages of a catalog.
  if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
    return beneath->xOpen(beneath, name, f, flags, out);
  layer *l = (layer *)f;
  memset(l, 0, sizeof *l);
  l->is_log = (flags & SQLITE_OPEN_WAL) != 0;
  l->unfinished = INT64_MAX;
  int code = beneath->xOpen(beneath, name, under(f), flags, out);
  // Where this stays NULL SQLite does not close it.
  if (under(f)->pMethods != NULL) l->base.pMethods = &methods;
  return code;
}

static sqlite3_vfs own;

static void enter(void) {
  beneath = sqlite3_vfs_find(NULL);
  if (beneath == NULL) return;
  own = *beneath;
  own.pNext = NULL;
  own.zName = "segq-catalog";
  own.szOsFile = beneath->szOsFile + (int)sizeof(layer);
  own.xOpen = on_open;
  if (sqlite3_vfs_register(&own, 0) != SQLITE_OK) beneath = NULL;
}

const char *segq_catalog_layer(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, enter);
  return beneath == NULL ? NULL : own.zName;
}
