// How many bits are set in words. Swift compiles for the oldest processors, which can't count bits; here
// is asked whether this one has AVX2, which does it in two thirds of the time. Loops that also write are
// no faster for it, so they are in Swift. Compiles into the Swift module.
#ifndef SEGQ_SETS_H
#define SEGQ_SETS_H

#include <stdint.h>

#define SEGQ_COUNTS(suffix, attribute)                                                           \
  attribute static inline int64_t segq_count_##suffix(const uint64_t *a, int64_t n) {            \
    int64_t sum = 0;                                                                             \
    for (int64_t i = 0; i < n; i++) sum += __builtin_popcountll(a[i]);                           \
    return sum;                                                                                  \
  }                                                                                              \
  attribute static inline int64_t segq_shared_##suffix(                                          \
      const uint64_t *a, const uint64_t *b, int64_t n) {                                         \
    int64_t sum = 0;                                                                             \
    for (int64_t i = 0; i < n; i++) sum += __builtin_popcountll(a[i] & b[i]);                    \
    return sum;                                                                                  \
  }

SEGQ_COUNTS(plain, )

#if defined(__x86_64__)
SEGQ_COUNTS(avx2, __attribute__((target("avx2"))))
#define SEGQ_CHOOSE(name, ...) \
  (__builtin_cpu_supports("avx2") ? name##_avx2(__VA_ARGS__) : name##_plain(__VA_ARGS__))
#else
#define SEGQ_CHOOSE(name, ...) name##_plain(__VA_ARGS__)
#endif

/// How many bits are set in `n` words.
static inline int64_t segq_count(const uint64_t *a, int64_t n) {
  return SEGQ_CHOOSE(segq_count, a, n);
}

/// How many bits are set in both.
static inline int64_t segq_shared_count(const uint64_t *a, const uint64_t *b, int64_t n) {
  return SEGQ_CHOOSE(segq_shared, a, b, n);
}

#endif
