// SQLite, and what of it Swift does not see: macros that are casts.
#include <sqlite3.h>

/// Binds a text, which is copied.
static inline int segq_bind_text(sqlite3_stmt *statement, int place, const char *text, int length) {
  return sqlite3_bind_text(statement, place, text, length, SQLITE_TRANSIENT);
}

/// Binds bytes, which are copied; none are an empty blob, not null.
static inline int segq_bind_bytes(sqlite3_stmt *statement, int place, const void *bytes, int length) {
  return sqlite3_bind_blob(statement, place, bytes ? bytes : "", length, SQLITE_TRANSIENT);
}
