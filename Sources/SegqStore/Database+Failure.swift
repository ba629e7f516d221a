import CSQLite
import Glibc
import SegqSystem

// What SQLite refused, and why.
extension Database {
  func failure(_ code: Int32) -> StoreError {
    let message = unsafe String(cString: sqlite3_errstr(code))
    let isDiskFull = isDiskFull
    if extendedCode == Self.damagedPage { return .damagedCatalog(path, what: Self.damagedWords) }
    switch code & 0xFF {
    case SQLITE_FULL: return .file(path, .diskFull)
    case SQLITE_IOERR where isDiskFull, SQLITE_CANTOPEN where isDiskFull:
      return .file(path, .diskFull)
    // The statements are right: what does not fit them is the catalog.
    case SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CONSTRAINT:
      return .damagedCatalog(path, what: message)
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: return .readOnly(path)
    default: return .database(path, message: message)
    }
  }

  private var extendedCode: Int32 { unsafe sqlite3_extended_errcode(handle) }

  private static let damagedWords = "a page is not what was written"
  /// SQLITE_IOERR_DATA, a macro.
  private static let damagedPage = SQLITE_IOERR | 32 << 8
  /// SQLITE_IOERR_SHMSIZE
  private static let noSharedMemory = SQLITE_IOERR | 19 << 8

  /// Whether what failed just now is that there was no room, also for the memory that is shared with
  /// others, which SQLite keeps in a file and of whose failure it doesn't say more.
  private var isDiskFull: Bool {
    let reason = unsafe sqlite3_system_errno(handle)
    return extendedCode == Self.noSharedMemory || reason == ENOSPC || reason == EDQUOT
  }
}

extension SystemError {
  static let diskFull = SystemError(code: ENOSPC)
}
