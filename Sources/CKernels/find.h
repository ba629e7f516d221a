// Where a short text stands among many that lie end to end, 64 bytes at a time. A needle is compared
// as `(byte | fold) == want`: `fold` is 0x20 where want is a letter whose case does not count, so both
// cases are found and nothing else. Compiles into the Swift module.
//
// All of it may read up to 64 bytes behind the last text, and never before the first.
#ifndef SEGQ_FIND_H
#define SEGQ_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
  /// Both with zeros up to a multiple of 16.
  const uint8_t *want;
  const uint8_t *fold;
  uint32_t length;
  /// Where the two bytes stand that are looked for first.
  uint32_t first;
  uint32_t second;
} segq_needle;

#if defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i segq_load(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }

/// The two bytes of a needle that are looked for first.
typedef struct {
  size_t first, second;
  __m128i want_first, fold_first, want_second, fold_second;
} segq_probe;

static inline segq_probe segq_probe_of(const segq_needle *n) {
  segq_probe probe = {n->first, n->second,
                      _mm_set1_epi8((char)n->want[n->first]), _mm_set1_epi8((char)n->fold[n->first]),
                      _mm_set1_epi8((char)n->want[n->second]),
                      _mm_set1_epi8((char)n->fold[n->second])};
  return probe;
}

static inline __m128i segq_probe_16(const uint8_t *p, const segq_probe *n) {
  __m128i first = _mm_or_si128(segq_load(p + n->first), n->fold_first);
  __m128i second = _mm_or_si128(segq_load(p + n->second), n->fold_second);
  return _mm_and_si128(_mm_cmpeq_epi8(first, n->want_first),
                       _mm_cmpeq_epi8(second, n->want_second));
}

/// Which of the 64 bytes at `p` may begin the needle.
static inline uint64_t segq_candidates(const uint8_t *p, const segq_probe *n) {
  __m128i found[4];
  for (int i = 0; i < 4; i++) found[i] = segq_probe_16(p + 16 * i, n);
  __m128i any = _mm_or_si128(_mm_or_si128(found[0], found[1]), _mm_or_si128(found[2], found[3]));
  if (_mm_movemask_epi8(any) == 0) return 0;
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(found[i]) << 16 * i;
  return bits;
}

/// Which of the 32 bytes at `p` may begin the needle.
static inline uint32_t segq_few_candidates(const uint8_t *p, const segq_probe *n) {
  return (uint32_t)_mm_movemask_epi8(segq_probe_16(p, n)) |
         (uint32_t)_mm_movemask_epi8(segq_probe_16(p + 16, n)) << 16;
}

/// Which of the 64 bytes at `p` are not ASCII.
static inline uint64_t segq_high_bytes(const uint8_t *p) {
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(segq_load(p + 16 * i)) << 16 * i;
  return bits;
}

/// Which of 16 bytes are as they should be.
static inline uint32_t segq_alike(const uint8_t *p, const uint8_t *want, const uint8_t *fold) {
  __m128i folded = _mm_or_si128(segq_load(p), segq_load(fold));
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(folded, segq_load(want)));
}

/// How many of 8 ascending offsets are at `place` or before it.
static inline uint32_t segq_offsets_up_to(const uint32_t *offsets, uint32_t place) {
  // There is no comparison of unsigned numbers: both sides are moved down by half their range.
  const __m128i half = _mm_set1_epi32(INT32_MIN);
  __m128i wanted = _mm_xor_si128(_mm_set1_epi32((int)place), half);
  __m128i low = _mm_xor_si128(segq_load((const uint8_t *)offsets), half);
  __m128i high = _mm_xor_si128(segq_load((const uint8_t *)(offsets + 4)), half);
  __m128i behind = _mm_packs_epi32(_mm_cmpgt_epi32(low, wanted), _mm_cmpgt_epi32(high, wanted));
  return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(behind) | 0x10000) / 2;
}
#else
typedef segq_needle segq_probe;

static inline segq_probe segq_probe_of(const segq_needle *n) { return *n; }

static inline uint64_t segq_candidates(const uint8_t *p, const segq_probe *n) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < 64; i++) {
    bool a = (p[i + n->first] | n->fold[n->first]) == n->want[n->first];
    bool b = (p[i + n->second] | n->fold[n->second]) == n->want[n->second];
    bits |= (uint64_t)(a & b) << i;
  }
  return bits;
}

static inline uint32_t segq_few_candidates(const uint8_t *p, const segq_probe *n) {
  return (uint32_t)segq_candidates(p, n);
}

static inline uint32_t segq_offsets_up_to(const uint32_t *offsets, uint32_t place) {
  uint32_t count = 0;
  while (count < 8 && offsets[count] <= place) count++;
  return count;
}

static inline uint64_t segq_high_bytes(const uint8_t *p) {
  uint64_t bits = 0;
  for (int i = 0; i < 64; i++) bits |= (uint64_t)(p[i] >> 7) << i;
  return bits;
}

static inline uint32_t segq_alike(const uint8_t *p, const uint8_t *want, const uint8_t *fold) {
  uint32_t bits = 0;
  for (int i = 0; i < 16; i++) bits |= (uint32_t)((p[i] | fold[i]) == want[i]) << i;
  return bits;
}
#endif

/// Whether the needle stands at `p`; the text has room for it.
static inline bool segq_is_at(const uint8_t *p, const segq_needle *n) {
  uint32_t done = 0;
  for (; n->length - done >= 16; done += 16)
    if (segq_alike(p + done, n->want + done, n->fold + done) != 0xFFFF) return false;
  uint32_t rest = (1u << (n->length - done)) - 1;
  return rest == 0 || (segq_alike(p + done, n->want + done, n->fold + done) & rest) == rest;
}

/// Where the needle stands first in `p..<end`; NULL where it does not.
static inline const uint8_t *segq_find(const uint8_t *p, const uint8_t *end, const segq_needle *n) {
  segq_probe probe = segq_probe_of(n);
  for (; end - p >= (ptrdiff_t)n->length; p += 32) {
    for (uint32_t rest = segq_few_candidates(p, &probe); rest != 0; rest &= rest - 1) {
      const uint8_t *hit = p + __builtin_ctz(rest);
      if (end - hit < (ptrdiff_t)n->length) return NULL;
      if (segq_is_at(hit, n)) return hit;
    }
  }
  return NULL;
}

/// Whether the text begins with the first of some needles, ends with the last, and holds the others
/// between them one behind the other.
static inline bool segq_has_pieces(const uint8_t *p, const uint8_t *end, const segq_needle *pieces,
                                   size_t count) {
  const segq_needle *last = pieces + count - 1;
  if (end - p < (ptrdiff_t)pieces->length + (ptrdiff_t)last->length) return false;
  end -= last->length;
  if (!segq_is_at(p, pieces) || !segq_is_at(end, last)) return false;
  p += pieces->length;
  for (const segq_needle *piece = pieces + 1; piece < last; piece++) {
    p = segq_find(p, end, piece);
    if (p == NULL) return false;
    p += piece->length;
  }
  return true;
}

/// The text that holds a byte; `row` is it or before it, `to` is behind it.
static inline size_t segq_row_at(const uint32_t *offsets, size_t row, size_t to, size_t place) {
  for (int i = 0; i < 4; i++) {
    uint32_t passed = segq_offsets_up_to(offsets + row + 1, (uint32_t)place);
    row += passed;
    if (passed < 8) return row;
  }
  size_t step = 8, high = to;
  while (row + step < to) {
    if (offsets[row + step] > place) {
      high = row + step;
      break;
    }
    row += step;
    step *= 2;
  }
  while (high - row > 1) {
    size_t middle = row + (high - row) / 2;
    if (offsets[middle] <= place) row = middle;
    else high = middle;
  }
  return row;
}

typedef struct {
  const uint8_t *bytes;
  const uint32_t *offsets;
  size_t from;
  size_t to;
  /// Bit 0 is that of `from`; only set, never cleared.
  uint64_t *bits;
} segq_rows;

/// Sets the bits of the texts that hold the needle at one of these places, in the order of which
/// they are; the row of the last. Has no branch that hangs on the bytes, since none could be foretold.
static inline size_t segq_take(const segq_rows *r, const segq_needle *n, uint32_t *hits,
                               size_t count, size_t row) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t hit = hits[i];
    hits[kept] = hit;
    kept += segq_is_at(r->bytes + hit, n);
  }
  for (size_t i = 0; i < kept; i++) {
    row = segq_row_at(r->offsets, row, r->to, hits[i]);
    bool fits = (size_t)hits[i] + n->length <= r->offsets[row + 1];
    r->bits[(row - r->from) >> 6] |= (uint64_t)fits << ((row - r->from) & 63);
  }
  return row;
}

/// Sets the bits of the texts that hold the needle, which is not empty.
static inline void segq_scan(segq_rows r, const segq_needle *needle) {
  enum { batch = 256 };
  segq_needle n = *needle;
  segq_probe probe = segq_probe_of(needle);
  uint32_t hits[batch + 64];
  size_t count = 0, row = r.from, end = r.offsets[r.to];
  if (end - r.offsets[r.from] < n.length) return;
  size_t last = end - n.length;
  for (size_t place = r.offsets[r.from]; place <= last; place += 64) {
    uint64_t rest = segq_candidates(r.bytes + place, &probe);
    if (rest == 0) continue;
    if (last - place < 63) rest &= (2ull << (last - place)) - 1;
    // There are seldom more than two, and how many is not to be foretold.
    for (int i = 0; i < 2; i++, rest &= rest - 1) {
      hits[count] = (uint32_t)(place + (size_t)__builtin_ctzll(rest | 1ull << 63));
      count += rest != 0;
    }
    for (; rest != 0; rest &= rest - 1)
      hits[count++] = (uint32_t)(place + (size_t)__builtin_ctzll(rest));
    if (count < batch) continue;
    row = segq_take(&r, &n, hits, count, row);
    count = 0;
  }
  segq_take(&r, &n, hits, count, row);
}

/// The same for a needle of one or two bytes: it is in so many texts that each is looked at alone.
static inline void segq_scan_short(segq_rows r, const segq_needle *needle) {
  segq_needle n = *needle;
  segq_probe probe = segq_probe_of(needle);
  size_t start = r.offsets[r.from];
  for (size_t row = r.from; row < r.to; row++) {
    size_t end = r.offsets[row + 1], length = end - start;
    size_t places = length < n.length ? 0 : length - n.length + 1;
    uint64_t inside = (1ull << (places < 32 ? places : 32)) - 1;
    bool holds = (segq_few_candidates(r.bytes + start, &probe) & inside) != 0;
    if (places > 32 && !holds)
      holds = segq_find(r.bytes + start + 32, r.bytes + end, &n) != NULL;
    r.bits[(row - r.from) >> 6] |= (uint64_t)holds << ((row - r.from) & 63);
    start = end;
  }
}

typedef enum { segq_at_start, segq_at_end, segq_whole } segq_anchor;

/// Sets the bits of the texts that begin or end with the needle or are it. Looks at the bytes of
/// every text, in order: to leave out those of another length would cost more misses of the cache.
static inline void segq_scan_anchored(segq_rows r, const segq_needle *needle, segq_anchor anchor) {
  segq_needle n = *needle;
  const uint32_t wanted = n.length < 16 ? (1u << n.length) - 1 : 0xFFFF;
  size_t start = r.offsets[r.from];
  for (size_t row = r.from; row < r.to; row++) {
    size_t end = r.offsets[row + 1], length = end - start, place = start;
    if (anchor == segq_at_end) place = end < n.length ? 0 : end - n.length;
    bool fits = anchor == segq_whole ? length == n.length : length >= n.length;
    fits &= (segq_alike(r.bytes + place, n.want, n.fold) & wanted) == wanted;
    if (n.length > 16 && fits) fits = segq_is_at(r.bytes + place, &n);
    r.bits[(row - r.from) >> 6] |= (uint64_t)fits << ((row - r.from) & 63);
    start = end;
  }
}

/// Sets the bits of the texts that are not all ASCII.
static inline void segq_scan_foreign(segq_rows r) {
  size_t place = r.offsets[r.from], end = r.offsets[r.to], row = r.from;
  while (place < end) {
    size_t next = place + 64;
    for (uint64_t rest = segq_high_bytes(r.bytes + place); rest != 0;) {
      size_t hit = place + (size_t)__builtin_ctzll(rest);
      if (hit >= end) return;
      row = segq_row_at(r.offsets, row, r.to, hit);
      r.bits[(row - r.from) >> 6] |= 1ull << ((row - r.from) & 63);
      size_t row_end = r.offsets[row + 1];
      if (row_end >= place + 64) {
        next = row_end;
        break;
      }
      rest &= ~0ull << (row_end - place);
    }
    place = next;
  }
}

/// Whether a text is not all ASCII.
static inline bool segq_is_foreign(const uint8_t *p, size_t length) {
  for (; length >= 64; p += 64, length -= 64)
    if (segq_high_bytes(p) != 0) return true;
  return (segq_high_bytes(p) & ((1ull << length) - 1)) != 0;
}

/// A number for a text that is the same for those equal to it, in either case when `folds`.
static inline uint64_t segq_hash(const uint8_t *p, size_t length, bool folds) {
  const uint64_t spread = 0x9E3779B97F4A7C15, fold = folds ? 0x2020202020202020 : 0;
  uint64_t hash = length * spread, word;
  for (; length > 8; p += 8, length -= 8) {
    memcpy(&word, p, 8);
    hash = (((hash << 5) | (hash >> 59)) ^ (word | fold)) * spread;
  }
  memcpy(&word, p, 8);
  word = length == 0 ? 0 : (word | fold) << (64 - 8 * length);
  hash = (((hash << 5) | (hash >> 59)) ^ word) * spread;
  return hash ^ (hash >> 32);
}

#endif
