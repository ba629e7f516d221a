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

/// Which of the 64 bytes at `p` may begin the needle.
static inline uint64_t segq_candidates(const uint8_t *p, const segq_needle *n) {
  const uint8_t *a = p + n->first, *b = p + n->second;
  __m128i want_a = _mm_set1_epi8((char)n->want[n->first]);
  __m128i want_b = _mm_set1_epi8((char)n->want[n->second]);
  __m128i fold_a = _mm_set1_epi8((char)n->fold[n->first]);
  __m128i fold_b = _mm_set1_epi8((char)n->fold[n->second]);
  __m128i found[4];
  for (int i = 0; i < 4; i++)
    found[i] = _mm_and_si128(
        _mm_cmpeq_epi8(_mm_or_si128(segq_load(a + 16 * i), fold_a), want_a),
        _mm_cmpeq_epi8(_mm_or_si128(segq_load(b + 16 * i), fold_b), want_b));
  __m128i any = _mm_or_si128(_mm_or_si128(found[0], found[1]), _mm_or_si128(found[2], found[3]));
  if (_mm_movemask_epi8(any) == 0) return 0;
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(found[i]) << 16 * i;
  return bits;
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
#else
static inline uint64_t segq_candidates(const uint8_t *p, const segq_needle *n) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < 64; i++) {
    bool a = (p[i + n->first] | n->fold[n->first]) == n->want[n->first];
    bool b = (p[i + n->second] | n->fold[n->second]) == n->want[n->second];
    bits |= (uint64_t)(a & b) << i;
  }
  return bits;
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
  for (; end - p >= (ptrdiff_t)n->length; p += 64) {
    for (uint64_t rest = segq_candidates(p, n); rest != 0; rest &= rest - 1) {
      const uint8_t *hit = p + __builtin_ctzll(rest);
      if (end - hit < (ptrdiff_t)n->length) return NULL;
      if (segq_is_at(hit, n)) return hit;
    }
  }
  return NULL;
}

/// The text that holds a byte; `row` is it or before it, `to` is behind it.
static inline size_t segq_row_at(const uint32_t *offsets, size_t row, size_t to, size_t place) {
  for (int i = 0; i < 8; i++, row++)
    if (offsets[row + 1] > place) return row;
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

/// Sets the bit of each text of `from..<to` that holds the needle, which is not empty; bit 0 is
/// `from`'s.
static inline void segq_scan(const uint8_t *bytes, const uint32_t *offsets, size_t from, size_t to,
                             const segq_needle *needle, uint64_t *bits) {
  segq_needle n = *needle;
  size_t place = offsets[from], end = offsets[to], row = from;
  if (end - place < n.length) return;
  size_t last = end - n.length;
  while (place <= last) {
    size_t next = place + 64;
    for (uint64_t rest = segq_candidates(bytes + place, &n); rest != 0;) {
      size_t hit = place + (size_t)__builtin_ctzll(rest);
      if (hit > last) return;
      rest &= rest - 1;
      if (!segq_is_at(bytes + hit, &n)) continue;
      row = segq_row_at(offsets, row, to, hit);
      size_t row_end = offsets[row + 1];
      if (hit + n.length > row_end) continue;
      bits[(row - from) >> 6] |= 1ull << ((row - from) & 63);
      if (row_end >= place + 64) {
        next = row_end;
        break;
      }
      rest &= ~0ull << (row_end - place);
    }
    place = next;
  }
}

/// Sets the bit of each text of `from..<to` that is not all ASCII; bit 0 is `from`'s.
static inline void segq_scan_foreign(const uint8_t *bytes, const uint32_t *offsets, size_t from,
                                     size_t to, uint64_t *bits) {
  size_t place = offsets[from], end = offsets[to], row = from;
  while (place < end) {
    size_t next = place + 64;
    for (uint64_t rest = segq_high_bytes(bytes + place); rest != 0;) {
      size_t hit = place + (size_t)__builtin_ctzll(rest);
      if (hit >= end) return;
      row = segq_row_at(offsets, row, to, hit);
      bits[(row - from) >> 6] |= 1ull << ((row - from) & 63);
      size_t row_end = offsets[row + 1];
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
