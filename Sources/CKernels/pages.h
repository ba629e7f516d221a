// Pages of 2 MB for the columns of large tables: a page fault for each 4 KB takes a third of the time
// of loading.
#ifndef SEGQ_PAGES_H
#define SEGQ_PAGES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

/// Asks for large pages where the memory is large; the system may refuse.
static inline void segq_use_large_pages(void *start, size_t size) {
#ifdef MADV_HUGEPAGE
  uintptr_t first = ((uintptr_t)start + 4095) & ~(uintptr_t)4095;
  uintptr_t end = ((uintptr_t)start + size) & ~(uintptr_t)4095;
  if (size >= (size_t)4 << 20) madvise((void *)first, end - first, MADV_HUGEPAGE);
#endif
}

#endif
