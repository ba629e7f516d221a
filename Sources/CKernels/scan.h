// Where the marks of delimited text stand in 64 bytes, one bit a byte. Swift has no instruction for
// it: what it makes of a comparison takes half again as long. Compiles into the Swift module.
#ifndef SEGQ_SCAN_H
#define SEGQ_SCAN_H

#include <stdint.h>

typedef struct {
  uint64_t quotes;
  uint64_t delimiters;
  uint64_t feeds;
  uint64_t returns;
} segq_marks;

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t segq_equal(const __m128i *block, char byte) {
  __m128i wanted = _mm_set1_epi8(byte);
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block[i], wanted)) << 16 * i;
  return bits;
}

/// Reads 64 bytes from `p`, however it lies.
static inline segq_marks segq_marks_at(const uint8_t *p, uint8_t delimiter) {
  __m128i block[4];
  for (int i = 0; i < 4; i++) block[i] = _mm_loadu_si128((const __m128i *)(p + 16 * i));
  segq_marks marks = {segq_equal(block, '"'), segq_equal(block, (char)delimiter),
                      segq_equal(block, '\n'), segq_equal(block, '\r')};
  return marks;
}
#else
static inline segq_marks segq_marks_at(const uint8_t *p, uint8_t delimiter) {
  segq_marks marks = {0, 0, 0, 0};
  for (int i = 0; i < 64; i++) {
    marks.quotes |= (uint64_t)(p[i] == '"') << i;
    marks.delimiters |= (uint64_t)(p[i] == delimiter) << i;
    marks.feeds |= (uint64_t)(p[i] == '\n') << i;
    marks.returns |= (uint64_t)(p[i] == '\r') << i;
  }
  return marks;
}
#endif

/// The first of `count` rows, from `row` on, that is so many bytes long with its end; `count` where none
/// is. `marks` are those of a FieldBlock from its first row on, `stride` to a row.
static inline long segq_row_of_length(const int32_t *marks, long row, long count, long stride,
                                      int32_t length) {
  const int32_t *mark = marks + row * stride;
  for (; row < count; row++, mark += stride)
    if (mark[stride - 1] - mark[0] == length) return row;
  return count;
}

#endif
