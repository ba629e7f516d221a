// Which of 64 numbers lie in a range, one bit a number. Compiles into the Swift module.
#ifndef SEGQ_RANGES_H
#define SEGQ_RANGES_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>

/// Of 64 bytes, those with `low <= x <= low + span`.
static inline uint64_t segq_range8(const uint8_t *p, uint8_t low, uint8_t span) {
  const __m128i first = _mm_set1_epi8((char)low), width = _mm_set1_epi8((char)span);
  const __m128i zero = _mm_setzero_si128();
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    __m128i x = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(p + 16 * i)), first);
    __m128i inside = _mm_cmpeq_epi8(_mm_subs_epu8(x, width), zero);
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(inside) << 16 * i;
  }
  return bits;
}

static inline uint64_t segq_range16(const uint16_t *p, uint16_t low, uint16_t span) {
  const __m128i first = _mm_set1_epi16((short)low), width = _mm_set1_epi16((short)span);
  const __m128i zero = _mm_setzero_si128();
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i *at = (const __m128i *)(p + 16 * i);
    __m128i a = _mm_subs_epu16(_mm_sub_epi16(_mm_loadu_si128(at), first), width);
    __m128i b = _mm_subs_epu16(_mm_sub_epi16(_mm_loadu_si128(at + 1), first), width);
    __m128i inside = _mm_packs_epi16(_mm_cmpeq_epi16(a, zero), _mm_cmpeq_epi16(b, zero));
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(inside) << 16 * i;
  }
  return bits;
}

static inline __m128i segq_beyond32(const uint32_t *p, __m128i first, __m128i width) {
  const __m128i sign = _mm_set1_epi32(INT32_MIN);
  __m128i x = _mm_sub_epi32(_mm_loadu_si128((const __m128i *)p), first);
  return _mm_cmpgt_epi32(_mm_xor_si128(x, sign), width);
}

static inline uint64_t segq_range32(const uint32_t *p, uint32_t low, uint32_t span) {
  const __m128i first = _mm_set1_epi32((int)low);
  const __m128i width = _mm_set1_epi32((int)(span ^ 0x80000000u));
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    const uint32_t *at = p + 16 * i;
    __m128i a = _mm_packs_epi32(segq_beyond32(at, first, width), segq_beyond32(at + 4, first, width));
    __m128i b =
        _mm_packs_epi32(segq_beyond32(at + 8, first, width), segq_beyond32(at + 12, first, width));
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(a, b)) << 16 * i;
  }
  return ~bits;
}
#else
#define SEGQ_RANGE(name, type)                                        \
  static inline uint64_t name(const type *p, type low, type span) {   \
    uint64_t bits = 0;                                                \
    for (int i = 0; i < 64; i++)                                      \
      bits |= (uint64_t)((type)(p[i] - low) <= span) << i;            \
    return bits;                                                      \
  }
SEGQ_RANGE(segq_range8, uint8_t)
SEGQ_RANGE(segq_range16, uint16_t)
SEGQ_RANGE(segq_range32, uint32_t)
#undef SEGQ_RANGE
#endif

static inline uint64_t segq_range64(const int64_t *p, int64_t low, uint64_t span) {
  uint64_t bits = 0;
  for (int i = 0; i < 64; i++)
    bits |= (uint64_t)((uint64_t)p[i] - (uint64_t)low <= span) << i;
  return bits;
}

/// Which of n numbers lie from low to high, a bit a number.
static inline void segq_between_plain(
    const int64_t *p, size_t n, int64_t low, int64_t high, uint64_t *words) {
  const uint64_t span = (uint64_t)high - (uint64_t)low;
  for (; n >= 64; n -= 64, p += 64) *words++ = segq_range64(p, low, span);
  if (n == 0) return;
  uint64_t bits = 0;
  for (size_t i = 0; i < n; i++) bits |= (uint64_t)(low <= p[i] && p[i] <= high) << i;
  *words = bits;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static inline void segq_between_avx2(
    const int64_t *p, size_t n, int64_t low, int64_t high, uint64_t *words) {
  const __m256i first = _mm256_set1_epi64x(low), last = _mm256_set1_epi64x(high);
  for (; n >= 64; n -= 64, p += 64) {
    uint64_t out = 0;
    for (int i = 0; i < 16; i++) {
      const __m256i x = _mm256_loadu_si256((const __m256i *)(p + 4 * i));
      const __m256i beyond =
          _mm256_or_si256(_mm256_cmpgt_epi64(first, x), _mm256_cmpgt_epi64(x, last));
      out |= (uint64_t)(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(beyond)) << 4 * i;
    }
    *words++ = ~out;
  }
  segq_between_plain(p, n, low, high, words);
}

static inline void segq_between(
    const int64_t *p, size_t n, int64_t low, int64_t high, uint64_t *words) {
  if (__builtin_cpu_supports("avx2")) segq_between_avx2(p, n, low, high, words);
  else segq_between_plain(p, n, low, high, words);
}
#else
#define segq_between segq_between_plain
#endif

#endif
