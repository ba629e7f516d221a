// The pages of an SQLite database, each checked when it is read.
//
// SQLite looks at the checksums of its log when it recovers it, and has none for the pages of the database
// itself: a flipped bit in an index makes it find no row, or write over pages that are in use. So segq
// opens its catalogs through a layer under SQLite. A page that goes into the database gets a trailer in
// the last 8 bytes, which SQLite leaves free for that (`reserved bytes`, offset 20 of the header):
//
//     "SGQ1"    4 bytes
//     checksum  CRC32C of the page's number (4 bytes, little-endian) and of the page up to here
//
// A page that comes from the log has the checksum of its frame (https://sqlite.org/fileformat2.html,
// 4.2). What is not as it was written is SQLITE_IOERR_DATA, on reading as in the middle of a change.
#ifndef SEGQ_CATALOG_H
#define SEGQ_CATALOG_H

/// How many bytes SQLite has to leave free at the end of each page.
#define SEGQ_TRAILER_SIZE 8

/// The name of the layer, for `sqlite3_open_v2`; NULL where SQLite has none to put it on.
const char *segq_catalog_layer(void);

#endif
