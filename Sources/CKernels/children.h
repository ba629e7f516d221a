// Figures over the children of neighbouring rows, which are neighbours too: those of row i are
// starts[i] ..< starts[i + 1]. `words` has a bit for each child and two words of zeros behind them.
// Made twice, as in sets.h: old processors can't count bits. Compiles into the Swift module.
#ifndef SEGQ_CHILDREN_H
#define SEGQ_CHILDREN_H

#include <stddef.h>
#include <stdint.h>

#define SEGQ_INLINE static inline __attribute__((always_inline))

/// The bits of `count` children, 64 at most, from `first` on. Takes no branch.
SEGQ_INLINE uint64_t segq_window(const uint64_t *words, uint32_t first, uint32_t count) {
  const uint64_t *at = words + (first >> 6);
  const uint32_t shift = first & 63;
  const uint64_t bits = at[0] >> shift | (at[1] << 1) << (63 - shift);
  const uint64_t some = 0 - (uint64_t)(count != 0);
  return bits & some & UINT64_MAX >> ((64 - count) & 63);
}

/// How many of the children first ..< end are set.
SEGQ_INLINE int64_t segq_set_count(const uint64_t *words, uint32_t first, uint32_t end) {
  int64_t count = 0;
  for (; end - first > 64; first += 64)
    count += __builtin_popcountll(segq_window(words, first, 64));
  return count + __builtin_popcountll(segq_window(words, first, end - first));
}

/// The sum of the first n set values, for each n from 0; false where one leaves 64 bits.
SEGQ_INLINE _Bool segq_running(
    const uint64_t *words, size_t word_count, const int64_t *values, int64_t *running) {
  int64_t sum = 0;
  _Bool is_too_large = 0;
  *running++ = 0;
  for (size_t i = 0; i < word_count; i++, values += 64) {
    uint64_t rest = words[i];
    if (rest == UINT64_MAX) {
      for (int j = 0; j < 64; j++) {
        is_too_large |= __builtin_add_overflow(sum, values[j], &sum);
        *running++ = sum;
      }
    } else {
      for (; rest != 0; rest &= rest - 1) {
        is_too_large |= __builtin_add_overflow(sum, values[__builtin_ctzll(rest)], &sum);
        *running++ = sum;
      }
    }
  }
  return !is_too_large;
}

#define SEGQ_CHILDREN(suffix, attribute)                                                         \
  attribute static inline void segq_child_counts_##suffix(                                       \
      const uint64_t *words, const int32_t *starts, size_t rows, int64_t *counts) {              \
    for (size_t i = 0; i < rows; i++)                                                            \
      counts[i] = segq_set_count(words, (uint32_t)starts[i], (uint32_t)starts[i + 1]);           \
  }                                                                                              \
  attribute static inline _Bool segq_child_sums_##suffix(                                        \
      const uint64_t *words, size_t word_count, const int32_t *starts, size_t rows,              \
      const int64_t *values, int64_t *running, int64_t *sums) {                                  \
    if (!segq_running(words, word_count, values, running)) return 0;                             \
    int64_t before = 0;                                                                          \
    _Bool is_too_large = 0;                                                                      \
    for (size_t i = 0; i < rows; i++) {                                                          \
      running += segq_set_count(words, (uint32_t)starts[i], (uint32_t)starts[i + 1]);            \
      is_too_large |= __builtin_sub_overflow(*running, before, &sums[i]);                        \
      before = *running;                                                                         \
    }                                                                                            \
    return !is_too_large;                                                                        \
  }

SEGQ_CHILDREN(plain, )

#if defined(__x86_64__)
SEGQ_CHILDREN(avx2, __attribute__((target("avx2,bmi,bmi2,popcnt"))))
#define SEGQ_HAS_AVX2 (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
#define SEGQ_CHOOSE_CHILDREN(name, ...) \
  (SEGQ_HAS_AVX2 ? name##_avx2(__VA_ARGS__) : name##_plain(__VA_ARGS__))
#else
#define SEGQ_CHOOSE_CHILDREN(name, ...) name##_plain(__VA_ARGS__)
#endif

/// How many of the children of each row are set.
static inline void segq_child_counts(
    const uint64_t *words, const int32_t *starts, size_t rows, int64_t *counts) {
  SEGQ_CHOOSE_CHILDREN(segq_child_counts, words, starts, rows, counts);
}

/// The sums over the set children of each row, as differences of running sums; false where one of
/// either leaves 64 bits. `running` has room for one more than are set.
static inline _Bool segq_child_sums(
    const uint64_t *words, size_t word_count, const int32_t *starts, size_t rows,
    const int64_t *values, int64_t *running, int64_t *sums) {
  return SEGQ_CHOOSE_CHILDREN(
      segq_child_sums, words, word_count, starts, rows, values, running, sums);
}

/// Which rows have children, and which children are the last of their row; both begin as zeros.
static inline void segq_child_ends(
    const int32_t *starts, size_t rows, uint64_t *parents, uint64_t *ends) {
  for (size_t i = 0; i < rows; i++) {
    if (starts[i] == starts[i + 1]) continue;
    const uint32_t last = (uint32_t)starts[i + 1] - 1;
    parents[i >> 6] |= 1ull << (i & 63);
    ends[last >> 6] |= 1ull << (last & 63);
  }
}

static inline void segq_child_any_plain(
    const uint64_t *words, const int32_t *starts, size_t rows, uint64_t *found) {
  for (size_t i = 0; i < rows; i++) {
    uint32_t first = (uint32_t)starts[i];
    const uint32_t end = (uint32_t)starts[i + 1];
    uint64_t bits = 0;
    for (; end - first > 64; first += 64) bits |= segq_window(words, first, 64);
    bits |= segq_window(words, first, end - first);
    found[i >> 6] |= (uint64_t)(bits != 0) << (i & 63);
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

/// 64 children at a time. To the children of a row that are not its last, all ones, those that are set
/// are added: where there is any, a one is carried to the last, and that is the answer for the row.
__attribute__((target("avx2,bmi2,popcnt"))) static inline void segq_child_any_avx2(
    const uint64_t *words, const uint64_t *ends, const uint64_t *parents, size_t parent_words,
    uint64_t *found) {
  unsigned __int128 answers = 0;  // of rows with children, in order, that were not given yet
  uint32_t held = 0;
  _Bool carry = 0;
  for (size_t i = 0; i < parent_words; i++) {
    const uint32_t wanted = (uint32_t)__builtin_popcountll(parents[i]);
    while (held < wanted) {
      const uint64_t last = *ends++, set = *words++;
      uint64_t sum;
      const _Bool first = __builtin_add_overflow(set & ~last, ~last, &sum);
      const _Bool second = __builtin_add_overflow(sum, (uint64_t)carry, &sum);
      carry = first | second;
      answers |= (unsigned __int128)_pext_u64((sum | set) & last, last) << held;
      held += (uint32_t)__builtin_popcountll(last);
    }
    found[i] = _pdep_u64((uint64_t)answers, parents[i]);
    answers = wanted == 64 ? answers >> 64 : answers >> wanted;
    held -= wanted;
  }
}
#endif

/// Which rows have a child that is set; `found` begins as zeros.
static inline void segq_child_any(
    const uint64_t *words, const int32_t *starts, size_t rows, const uint64_t *ends,
    const uint64_t *parents, uint64_t *found) {
#if defined(__x86_64__)
  if (SEGQ_HAS_AVX2)
    return segq_child_any_avx2(words, ends, parents, (rows + 63) / 64, found);
#endif
  segq_child_any_plain(words, starts, rows, found);
}

#endif
