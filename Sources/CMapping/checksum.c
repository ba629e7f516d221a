#include "checksum.h"

#include <string.h>

/// Bit by bit for a byte, as a table: for processors without the instruction.
static uint32_t table[256];

__attribute__((constructor)) static void fill_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78 : 0);
    table[byte] = crc;
  }
}

static uint32_t plain(uint32_t crc, const uint8_t *p, size_t size) {
  for (size_t i = 0; i < size; i++) crc = crc >> 8 ^ table[(crc ^ p[i]) & 0xFF];
  return crc;
}

static uint64_t word_at(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
  return word;
}

#if defined(__x86_64__)
#define SEGQ_CRC_TARGET __attribute__((target("sse4.2")))
#define SEGQ_CRC_WORD(crc, word) ((uint32_t)__builtin_ia32_crc32di(crc, word))
#define SEGQ_HAS_CRC __builtin_cpu_supports("sse4.2")
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define SEGQ_CRC_TARGET
#define SEGQ_CRC_WORD(crc, word) __crc32cd(crc, word)
#define SEGQ_HAS_CRC 1
#else
#define SEGQ_CRC_TARGET
#define SEGQ_CRC_WORD(crc, word) plain(crc, (const uint8_t *)&(word), 8)
#define SEGQ_HAS_CRC 0
#endif

SEGQ_CRC_TARGET static uint32_t quick(uint32_t crc, const uint8_t *p, size_t size) {
  for (; size >= 8; p += 8, size -= 8) {
    uint64_t word = word_at(p);
    crc = SEGQ_CRC_WORD(crc, word);
  }
  return plain(crc, p, size);
}

SEGQ_CRC_TARGET static void quick_four(const uint8_t *p, uint32_t *out) {
  uint32_t crc[4] = {~0u, ~0u, ~0u, ~0u};
  for (size_t at = 0; at < SEGQ_PIECE_SIZE; at += 8) {
    for (int lane = 0; lane < 4; lane++) {
      uint64_t word = word_at(p + lane * SEGQ_PIECE_SIZE + at);
      crc[lane] = SEGQ_CRC_WORD(crc[lane], word);
    }
  }
  for (int lane = 0; lane < 4; lane++) out[lane] = ~crc[lane];
}

uint32_t segq_checksum(const void *bytes, size_t size) {
  return ~(SEGQ_HAS_CRC ? quick(~0u, bytes, size) : plain(~0u, bytes, size));
}

void segq_checksums(const void *bytes, size_t size, uint32_t *out) {
  const uint8_t *p = bytes;
  for (; SEGQ_HAS_CRC && size >= 4 * SEGQ_PIECE_SIZE; out += 4) {
    quick_four(p, out);
    p += 4 * SEGQ_PIECE_SIZE;
    size -= 4 * SEGQ_PIECE_SIZE;
  }
  while (size > 0) {
    size_t piece = size < SEGQ_PIECE_SIZE ? size : SEGQ_PIECE_SIZE;
    *out++ = segq_checksum(p, piece);
    p += piece;
    size -= piece;
  }
}
