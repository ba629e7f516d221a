#include <minizip/unzip.h>
#include <zlib.h>
#include <zstd.h>

// A macro that Swift does not import.
static inline int segq_inflate_begin(z_stream *stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}
