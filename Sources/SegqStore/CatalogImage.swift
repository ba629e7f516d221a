import SegqSystem

/// All rows of the catalog, as values: what is read at once, compared, and written where it differs.
struct CatalogImage: Sendable, Equatable {
  typealias Key = [SQLValue]

  static let formatVersion: Int64 = 3
  /// Older workspaces are read, and have the new format after their first change.
  static let oldestVersion: Int64 = 2

  private var rows: [CatalogTable: [Key: [SQLValue]]] = [:]

  subscript(table: CatalogTable) -> [[SQLValue]] {
    (rows[table] ?? [:]).values.map { $0 }
  }

  subscript(table: CatalogTable, key: SQLValue) -> [SQLValue]? { rows[table]?[[key]] }

  subscript(table: CatalogTable, first: SQLValue, second: SQLValue) -> [SQLValue]? {
    rows[table]?[[first, second]]
  }

  mutating func put(_ row: SQLValue..., in table: CatalogTable) { put(row, in: table) }

  mutating func put(_ row: [SQLValue], in table: CatalogTable) {
    precondition(row.count == table.columns.count, "a value for each column")
    rows[table, default: [:]][Array(row.prefix(table.keyCount))] = row
  }

  func meta(_ name: String) -> Int64? { self[.meta, .text(name)]?[1].integer }

  mutating func setMeta(_ name: String, _ value: Int64) {
    put(.text(name), .integer(value), in: .meta)
  }

  /// How many rows there are, and their checksums added up: a row that is gone is missed here.
  private var census: Int64 {
    var (count, sum): (UInt32, UInt32) = (0, 0)
    for table in CatalogTable.allCases {
      for row in self[table] where row[0] != .text("census") {
        count &+= 1
        sum &+= table.checksum(row)
      }
    }
    return Int64(bitPattern: UInt64(count) << 32 | UInt64(sum))
  }

  mutating func seal() { setMeta("census", census) }

  /// Reads the whole catalog as it stands at one moment, which is not before the change `lastChange`.
  init(_ database: Database, path: String, after lastChange: Int64? = nil) throws(StoreError) {
    try database.run("begin")
    try database.checkIfSmall()
    let version = try checkedVersion(database, path)
    for table in CatalogTable.imaged where table.firstVersion <= version {
      for row in try database.rows(of: table, path: path) { put(row, in: table) }
    }
    try database.run("commit")
    guard meta("census") == census else {
      throw .damagedCatalog(path, what: "rows are missing")
    }
    if let lastChange, let change = meta("changes"), change < lastChange {
      throw .lostChanges(Files.folder(of: path), count: lastChange - change)
    }
  }

  init() {}

  /// Of another version the tables may be others.
  private func checkedVersion(
    _ database: Database, _ path: String
  ) throws(StoreError) -> Int64 {
    let row = try database.rows("select value from meta where name = 'version'").first
    guard let version = row?[0].integer else { throw .notAWorkspace(path) }
    guard (Self.oldestVersion...Self.formatVersion).contains(version) else {
      throw .format(path, version: version)
    }
    return version
  }

  /// Makes the catalog that holds `old` hold this, in one transaction. What `last` throws before it counts
  /// undoes it.
  func write(
    over old: CatalogImage, _ database: Database, _ changes: [any CatalogChange] = [],
    last: () throws(StoreError) -> Void = {}
  ) throws(StoreError) {
    try database.changing(from: old) { () throws(StoreError) in
      if let version = old.meta("version"), version < Self.formatVersion {
        for table in CatalogTable.allCases where table.firstVersion > version {
          try database.run(table.definition)
        }
      }
      for table in CatalogTable.imaged { try write(table, over: old, database) }
      for change in changes { try change.write(database) }
      try last()
    }
  }

  private func write(
    _ table: CatalogTable, over old: CatalogImage, _ database: Database
  ) throws(StoreError) {
    let (before, after) = (old.rows[table] ?? [:], rows[table] ?? [:])
    let keys = table.columns.prefix(table.keyCount).map { "\($0) is ?" }
    try database.run(
      "delete from \(table.rawValue) where \(keys.joined(separator: " and "))",
      each: before.filter { after[$0.key] != $0.value }.map(\.key))
    try database.put(
      after.filter { before[$0.key] != $0.value }.map(\.value), in: table)
  }
}

extension Database {
  /// Runs `body` in one transaction, which begins with the catalog as it is in `old`: who lost the right
  /// to change it meets that of another here.
  func changing(
    from old: CatalogImage, _ body: () throws(StoreError) -> Void
  ) throws(StoreError) {
    try run("begin immediate")
    do throws(StoreError) {
      let current = try rows(of: .meta, "where name = 'changes'", path: path).first
      guard current?[1].integer == old.meta("changes") else {
        throw .lostLock(Files.folder(of: path))
      }
      try body()
      try run("commit")
    } catch {
      try? run("rollback")
      throw error
    }
  }

  /// Writes rows that are not there yet, each with its checksum.
  func put(_ rows: [[SQLValue]], in table: CatalogTable) throws(StoreError) {
    let places = Array(repeating: "?", count: table.columns.count + 1).joined(separator: ", ")
    try run(
      "insert into \(table.rawValue) values(\(places))",
      each: rows.map { $0 + [.integer(Int64(table.checksum($0)))] })
  }

  /// Reads rows, and looks at the checksum of each. `condition` is `where segment = 4`.
  func rows(
    of table: CatalogTable, _ condition: String = "", path: String
  ) throws(StoreError) -> [[SQLValue]] {
    let columns = (table.columns + ["checksum"]).joined(separator: ", ")
    return try rows("select \(columns) from \(table.rawValue) \(condition)").map {
      (row) throws(StoreError) in
      let values = Array(row.dropLast())
      guard row.last == .integer(Int64(table.checksum(values))) else {
        throw .damagedCatalog(path, what: "a row of '\(table.rawValue)' is not what was written")
      }
      return values
    }
  }
}
