#include "packing.h"

#include <stdint.h>
#include <string.h>

enum {
  group = 1024,
  /// Numbers of a row have their bits at the same places of neighbouring words, so that a processor
  /// takes several at a time.
  lanes = 32,
  rows = group / lanes,
  /// Amounts are ten-thousandths and mostly whole hundredths.
  hundredths = 100,
};

/// What `first`, `step` and the bits mean.
enum form {
  /// first + step × bits
  offsets,
  /// The number before, + step + bits; before the first number is `first` less `step`.
  differences,
  /// No bits: the numbers as they are.
  as_they_are,
};

typedef struct {
  uint64_t first;
  uint32_t step;
  uint8_t bits;
  uint8_t form;
  uint16_t unused;
} header;

static uint8_t bits_of(uint32_t number) {
  return number == 0 ? 0 : (uint8_t)(32 - __builtin_clz(number));
}

static size_t words_of(uint8_t bits) { return (size_t)bits * lanes; }

static void put_bits(const uint32_t *numbers, uint8_t bits, uint32_t *words) {
  memset(words, 0, words_of(bits) * 4);
  for (int row = 0; row < rows && bits > 0; row++) {
    int at = row * bits, shift = at & 31;
    uint32_t *word = words + (at >> 5) * lanes;
    for (int i = 0; i < lanes; i++) word[i] |= numbers[row * lanes + i] << shift;
    if (shift + bits <= 32) continue;
    for (int i = 0; i < lanes; i++) word[lanes + i] |= numbers[row * lanes + i] >> (32 - shift);
  }
}

static void take_bits(const uint32_t *words, uint8_t bits, uint32_t *numbers) {
  uint32_t mask = bits == 32 ? ~0u : (1u << bits) - 1;
  for (int row = 0; row < rows; row++) {
    int at = row * bits, shift = at & 31;
    const uint32_t *word = words + (at >> 5) * lanes;
    uint32_t *out = numbers + row * lanes;
    if (shift + bits <= 32) {
      for (int i = 0; i < lanes; i++) out[i] = word[i] >> shift & mask;
    } else {
      for (int i = 0; i < lanes; i++)
        out[i] = (word[i] >> shift | word[lanes + i] << (32 - shift)) & mask;
    }
  }
}

/// Numbers less the least of them; behind the last the last again. False where 32 bits are too few.
static bool widen(const void *numbers, size_t count, size_t width, uint32_t *out, uint64_t *base) {
  *base = 0;
  if (width == 8) {
    const int64_t *n = numbers;
    int64_t low = n[0], high = n[0];
    for (size_t i = 1; i < count; i++) {
      low = n[i] < low ? n[i] : low;
      high = n[i] > high ? n[i] : high;
    }
    if ((uint64_t)high - (uint64_t)low > UINT32_MAX) return false;
    *base = (uint64_t)low;
    for (size_t i = 0; i < count; i++) out[i] = (uint32_t)((uint64_t)n[i] - *base);
  } else if (width == 4) {
    memcpy(out, numbers, count * 4);
  } else if (width == 2) {
    for (size_t i = 0; i < count; i++) out[i] = ((const uint16_t *)numbers)[i];
  } else {
    for (size_t i = 0; i < count; i++) out[i] = ((const uint8_t *)numbers)[i];
  }
  for (size_t i = count; i < group; i++) out[i] = out[count - 1];
  return true;
}

/// The header that takes the fewest bits; `n` becomes what they hold.
static header choose(uint32_t *n, size_t width) {
  uint32_t low = n[0], high = n[0];
  for (int i = 0; i < group; i++) {
    low = n[i] < low ? n[i] : low;
    high = n[i] > high ? n[i] : high;
  }
  int32_t least = (int32_t)(n[1] - n[0]), most = least;
  for (int i = 1; i < group; i++) {
    int32_t difference = (int32_t)(n[i] - n[i - 1]);
    least = difference < least ? difference : least;
    most = difference > most ? difference : most;
  }
  uint8_t bits = bits_of(high - low), of_differences = bits_of((uint32_t)most - (uint32_t)least);
  // Of numbers of 8 bytes what is before another may be below the least.
  if (of_differences < bits && width < 8) {
    header h = {n[0], (uint32_t)least, of_differences, differences, 0};
    for (int i = group - 1; i > 0; i--) n[i] = n[i] - n[i - 1] - h.step;
    n[0] = 0;
    return h;
  }
  uint32_t rest = high - low < hundredths;
  for (int i = 0; i < group; i++) n[i] -= low;
  for (int i = 0; i < group && rest == 0; i++) rest = n[i] % hundredths;
  if (rest != 0) return (header){low, 1, bits, offsets, 0};
  for (int i = 0; i < group; i++) n[i] /= hundredths;
  return (header){low, hundredths, bits_of((high - low) / hundredths), offsets, 0};
}

static size_t pack_group(const uint8_t *numbers, size_t count, size_t width, uint8_t *out) {
  uint32_t wide[group], words[group];
  uint64_t base;
  size_t plain = (count * width + 7) / 8 * 8;
  header h = {0, 0, 0, as_they_are, 0};
  if (widen(numbers, count, width, wide, &base)) h = choose(wide, width);
  size_t size = words_of(h.bits) * 4;
  if (h.form == as_they_are || size >= plain) {
    h = (header){0, 0, 0, as_they_are, 0};
    memcpy(out, &h, sizeof h);
    memset(out + sizeof h + plain - 8, 0, 8);
    memcpy(out + sizeof h, numbers, count * width);
    return sizeof h + plain;
  }
  h.first += base;
  put_bits(wide, h.bits, words);
  memcpy(out, &h, sizeof h);
  memcpy(out + sizeof h, words, size);
  return sizeof h + size;
}

size_t segq_pack(const void *numbers, size_t count, size_t width, void *out) {
  uint8_t *end = out;
  for (size_t i = 0; i < count; i += group) {
    size_t some = count - i < group ? count - i : group;
    end += pack_group((const uint8_t *)numbers + i * width, some, width, end);
  }
  return (size_t)(end - (uint8_t *)out);
}

static void narrow(const uint32_t *n, uint64_t first, size_t count, size_t width, void *out) {
  uint32_t low = (uint32_t)first;
  if (width == 8) {
    for (size_t i = 0; i < count; i++) ((uint64_t *)out)[i] = first + n[i];
  } else if (width == 4) {
    for (size_t i = 0; i < count; i++) ((uint32_t *)out)[i] = low + n[i];
  } else if (width == 2) {
    for (size_t i = 0; i < count; i++) ((uint16_t *)out)[i] = (uint16_t)(low + n[i]);
  } else {
    for (size_t i = 0; i < count; i++) ((uint8_t *)out)[i] = (uint8_t)(low + n[i]);
  }
}

static void unpack_group(header h, const uint8_t *packed, size_t count, size_t width, void *out) {
  uint32_t words[group], n[group];
  memcpy(words, packed, words_of(h.bits) * 4);
  take_bits(words, h.bits, n);
  if (h.form == differences) {
    uint32_t number = 0;
    for (int i = 1; i < group; i++) n[i] = number += n[i] + h.step;
    n[0] = 0;
  } else if (h.step != 1) {
    for (int i = 0; i < group; i++) n[i] *= h.step;
  }
  narrow(n, h.first, count, width, out);
}

bool segq_unpack(const void *packed, size_t size, size_t count, size_t width, void *out) {
  const uint8_t *p = packed, *end = p + size;
  uint8_t *to = out;
  for (size_t i = 0; i < count; i += group) {
    size_t some = count - i < group ? count - i : group;
    header h;
    if ((size_t)(end - p) < sizeof h) return false;
    memcpy(&h, p, sizeof h);
    p += sizeof h;
    if (h.form > as_they_are || h.bits > 32) return false;
    size_t taken = h.form == as_they_are ? (some * width + 7) / 8 * 8 : words_of(h.bits) * 4;
    if ((size_t)(end - p) < taken) return false;
    if (h.form == as_they_are) memcpy(to, p, some * width);
    else unpack_group(h, p, some, width, to);
    p += taken;
    to += some * width;
  }
  return p == end;
}
