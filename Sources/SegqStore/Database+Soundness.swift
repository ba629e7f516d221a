import CMapping
import CSQLite

// Whether a catalog is as it was written.
extension Database {
  /// Pages from now on have trailers: of a new catalog all, of another after `vacuum`.
  func leaveRoomForTrailers() {
    var size = Int32(SEGQ_TRAILER_SIZE)
    _ = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &size)
  }

  /// Whether its pages have trailers. It must have been read.
  var hasTrailers: Bool {
    var size: Int32 = -1
    _ = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &size)
    return size == SEGQ_TRAILER_SIZE
  }

  /// Whether another file, or none, is in its place.
  var isMoved: Bool {
    var answer: Int32 = 0
    let code = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &answer)
    return code == SQLITE_OK && answer != 0
  }

  /// Gives each page of an older program's catalog a trailer.
  func addTrailers() throws(StoreError) {
    guard !hasTrailers else { return }
    leaveRoomForTrailers()
    try run("vacuum")
  }

  /// Looks at each page, and where `isThorough` at whether indexes have what their tables have.
  func check(isThorough: Bool) throws(StoreError) {
    let words = isThorough ? "integrity_check" : "quick_check"
    let answer = try rows("pragma \(words)(1)").first?.first?.text
    guard answer != "ok" else { return }
    throw .damagedCatalog(path, what: answer.map(Self.inWords) ?? "it can't be checked")
  }

  /// `*** in database main ***`, and `Page 9: unable to get the page. error code=8202` in a line behind
  /// it, where 8202 is SQLITE_IOERR_DATA.
  private static func inWords(_ answer: String) -> String {
    let line = answer.split(separator: "\n").last ?? ""
    guard line.hasSuffix("error code=8202") else { return "SQLite finds: \(line)" }
    return "page \(line.prefix { $0 != ":" }.filter(\.isNumber)) is not what was written"
  }

  /// What can be looked at whenever a workspace is opened. A larger catalog, which has long steps, is read
  /// where it is asked, page for page, and looked at by `segq check-store`.
  func checkIfSmall() throws(StoreError) {
    let size = try rows("select page_count * page_size from pragma_page_count, pragma_page_size")
    guard let bytes = size.first?.first?.integer, bytes <= Self.small else { return }
    try check(isThorough: !hasTrailers)
  }

  private static let small: Int64 = 8 << 20
}
