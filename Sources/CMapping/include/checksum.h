// CRC32C, the checksum of column files (RFC 3720, appendix B.4), by the processor where it can.
#ifndef SEGQ_CHECKSUM_H
#define SEGQ_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// A file has a checksum for each piece of so many bytes.
#define SEGQ_PIECE_SIZE 16384

/// The checksum of some bytes.
uint32_t segq_checksum(const void *bytes, size_t size);

/// The checksum of each piece, the last of which may be shorter. Four are computed side by side:
/// a processor begins an instruction each cycle whose result takes three.
void segq_checksums(const void *bytes, size_t size, uint32_t *out);

#endif
