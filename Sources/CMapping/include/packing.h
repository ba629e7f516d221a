// The numbers of a block, in as few bits each as they need.
//
// Each 1,024 numbers stand by themselves: a header of 16 bytes, and then as many bits a number as the
// widest of them takes. Ids that follow upon each other, and offsets, are kept as what each is more than
// the one before it, so that consecutive ids take no bits at all.
#ifndef SEGQ_PACKING_H
#define SEGQ_PACKING_H

#include <stdbool.h>
#include <stddef.h>

/// So many bytes hold the packed numbers of any block.
#define SEGQ_PACKED_ROOM 67584

/// Packs numbers of 1, 2, 4 or 8 bytes, no more than 65,536 bytes of them. The size is a multiple of 8.
size_t segq_pack(const void *numbers, size_t count, size_t width, void *out);

/// The numbers again; false where these bytes are no packed numbers. Nothing but `count` numbers is
/// written, and nothing behind `size` is read, whatever the bytes are.
bool segq_unpack(const void *packed, size_t size, size_t count, size_t width, void *out);

#endif
