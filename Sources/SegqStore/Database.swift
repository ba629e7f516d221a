import CMapping
import CSQLite
import Glibc
import SegqSystem

/// A connection to the catalog: the one place that calls SQLite.
@safe
final class Database {
  enum Mode {
    /// Made if it is not there.
    case create
    case write
    case read
    /// On media that can't be written, where nobody else writes either.
    case immutable
  }

  let path: String
  nonisolated(unsafe) var handle: OpaquePointer?

  init(_ path: String, _ mode: Mode) throws(StoreError) {
    self.path = path
    let flags =
      switch mode {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .write: SQLITE_OPEN_READWRITE
      case .read, .immutable: SQLITE_OPEN_READONLY
      }
    let name = "file:" + Self.escaped(path) + (mode == .immutable ? "?immutable=1" : "")
    let code = unsafe sqlite3_open_v2(
      name, &handle, flags | SQLITE_OPEN_URI, segq_catalog_layer())
    guard code == SQLITE_OK else { throw failure(code) }
    unsafe sqlite3_busy_timeout(handle, 2000)
  }

  deinit { close() }

  /// The last one to close puts what the log holds into the catalog.
  func close() {
    unsafe sqlite3_close_v2(handle)
    unsafe handle = nil
  }

  /// In a URI `%`, `?` and `#` would mean something.
  private static func escaped(_ path: String) -> String {
    path.reduce(into: "") { name, character in
      switch character {
      case "%": name += "%25"
      case "?": name += "%3f"
      case "#": name += "%23"
      default: name.append(character)
      }
    }
  }

  /// Runs statements that give no rows.
  func run(_ text: String) throws(StoreError) {
    let code = unsafe sqlite3_exec(handle, text, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Runs a statement once with each of these lists of values in the places of its `?`. Each time it has
  /// to change one row: where it meets another number the catalog is not what it was taken for.
  func run(_ text: String, each rows: some Collection<[SQLValue]>) throws(StoreError) {
    guard !rows.isEmpty else { return }
    let statement = unsafe try prepare(text)
    defer { unsafe sqlite3_finalize(statement) }
    for row in rows {
      for (place, value) in row.enumerated() { unsafe bind(value, statement, Int32(place + 1)) }
      let code = unsafe sqlite3_step(statement)
      guard code == SQLITE_DONE else { throw failure(code) }
      try expect(1)
      unsafe sqlite3_reset(statement)
    }
  }

  /// Runs a statement that has to change so many rows.
  func run(_ text: String, changing count: Int) throws(StoreError) {
    try run(text)
    try expect(count)
  }

  private func expect(_ count: Int) throws(StoreError) {
    let changed = Int(unsafe sqlite3_changes(handle))
    guard changed != count else { return }
    throw .damagedCatalog(path, what: "a change met \(changed) rows where \(count) should be")
  }

  /// The rows of an answer.
  func rows(_ text: String) throws(StoreError) -> [[SQLValue]] {
    let statement = unsafe try prepare(text)
    defer { unsafe sqlite3_finalize(statement) }
    let count = unsafe sqlite3_column_count(statement)
    var rows: [[SQLValue]] = []
    while true {
      let code = unsafe sqlite3_step(statement)
      if code == SQLITE_DONE { return rows }
      guard code == SQLITE_ROW else { throw failure(code) }
      rows.append((0..<count).map { unsafe Self.value(statement, $0) })
    }
  }

  @unsafe
  private func prepare(_ text: String) throws(StoreError) -> OpaquePointer? {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, text, -1, &statement, nil)
    guard code == SQLITE_OK else { throw failure(code) }
    return unsafe statement
  }

  @unsafe
  private func bind(_ value: SQLValue, _ statement: OpaquePointer?, _ place: Int32) {
    switch value {
    case .null: unsafe sqlite3_bind_null(statement, place)
    case .integer(let number): unsafe sqlite3_bind_int64(statement, place, number)
    case .text(let text):
      unsafe segq_bind_text(statement, place, text, Int32(text.utf8.count))
    case .bytes(let bytes):
      unsafe bytes.withUnsafeBytes {
        _ = unsafe segq_bind_bytes(statement, place, $0.baseAddress, Int32($0.count))
      }
    }
  }

  @unsafe
  private static func value(_ statement: OpaquePointer?, _ place: Int32) -> SQLValue {
    let type = unsafe sqlite3_column_type(statement, place)
    switch type {
    case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(statement, place))
    case SQLITE_NULL: return .null
    case SQLITE_BLOB:
      let count = Int(unsafe sqlite3_column_bytes(statement, place))
      let bytes = unsafe sqlite3_column_blob(statement, place)
      return .bytes(
        unsafe Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)))
    default:
      guard let text = unsafe sqlite3_column_text(statement, place) else { return .null }
      let count = Int(unsafe sqlite3_column_bytes(statement, place))
      return .text(
        unsafe String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    }
  }
}
