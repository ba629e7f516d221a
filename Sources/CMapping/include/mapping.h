// Column files in memory, each block checked when it is first touched.
//
// A file is mapped twice: the view that others read, in which nothing can be read at first, and one
// that is only read here. The first touch of a block of 64 KiB is a fault, whose handler computes the
// checksums of the block in the other view and makes it readable if they are right. If they are not,
// what is put in the place of the block can be read without harm, and the damage is noted: who computed
// something asks for damage before it tells the result.
//
// In the view lies first what lies in the file as it is, and behind it what is packed there. Memory for
// that is had when it is touched, and unpacked into through a mapping that is only written here.
#ifndef SEGQ_MAPPING_H
#define SEGQ_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct segq_mapping segq_mapping;

enum {
  /// Blocks that are read alone divide a view into areas of memory; of more than so many all of a file is
  /// checked at once. The system allows 65,530 areas (vm.max_map_count).
  SEGQ_MOST_AREAS = 20000,
  /// So many areas a file takes at most before anything of it is read.
  SEGQ_AREAS_OF_FILE = 4,
};

/// Some of the view that is to be looked at.
typedef struct {
  size_t offset;
  size_t size;
  /// How many bytes each of its packed numbers takes in the view; 0 where it lies in the file as it is.
  size_t packed_width;
  /// Whether numbers of 32 bits lie there that never descend. In the place of damaged ones stands the
  /// last that is right, so that they still do not.
  bool ascends;
} segq_extent;

/// Where the packed numbers of a block lie in the file.
typedef struct {
  uint64_t offset;
  uint32_t size;
  uint32_t checksum;
} segq_packed_block;

typedef struct {
  /// The first bytes of the file, whole pages, lie in it as they are.
  size_t plain_size;
  /// So many blocks of 64 KiB are packed.
  size_t packed_count;
  /// Where the checksums lie: one for each piece of what is plain, and a ``segq_packed_block`` for each
  /// that is packed.
  size_t checks_offset;
  size_t file_size;
  /// The checksum of the checksums.
  uint32_t digest;
  /// What it is called when damage is told.
  uint64_t number;
  const segq_extent *extents;
  size_t extent_count;
} segq_mapped_file;

/// Maps a file that is open for reading; NULL and `errno` where that can't be done.
segq_mapping *segq_map(int descriptor, const segq_mapped_file *file);

/// Where the first byte of the view lies.
const void *segq_mapping_start(const segq_mapping *mapping);

/// Where the first byte of the file lies, as it is there.
const void *segq_mapping_file(const segq_mapping *mapping);

void segq_unmap(segq_mapping *mapping);

/// Copies bytes of the view. Blocks that nobody touched yet are checked and unpacked on the way, and stay
/// untouched: who wants another order of them needs no memory for what was.
void segq_read(segq_mapping *mapping, size_t offset, size_t size, void *out);

/// Checks all of the file; nothing is unpacked.
void segq_check(segq_mapping *mapping);

typedef struct {
  uint64_t number;
  /// Of the first byte in the file of the damaged piece.
  uint64_t offset;
} segq_damage;

/// How many damaged blocks were come upon since ``segq_forget_damage``; no more than 64 are noted.
size_t segq_damage_count(void);
segq_damage segq_damage_at(size_t place);
void segq_forget_damage(void);

/// Gives a file a name that no other has; -1 and `errno` where it can't be done, EEXIST where one has it.
int segq_rename_new(const char *from, const char *to);

/// Lets the system begin to write what a file was given to the disk; nothing waits for it.
void segq_begin_writing(int descriptor, ptrdiff_t offset, ptrdiff_t size);

#endif
