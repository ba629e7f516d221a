import SegqEngine
import SegqRecords

// A store as rows of the catalog.
extension CatalogImage {
  /// What the catalog says of a store whose values all lie in files.
  /// `steps` are how many of each segment's growth.
  init(
    _ store: Store, settings: [String: String], steps: [Int: Int], in files: FileMap
  ) {
    for (place, table) in store.tables.enumerated() { put(table, place, files) }
    for (place, segment) in store.segments.enumerated() { put(segment, place, files) }
    for (id, count) in steps { put(SQLValue(id), SQLValue(count), in: .growth) }
    for (name, value) in settings { put(.text(name), .text(value), in: .settings) }
    if let loaded = store.loaded { setMeta("loaded", loaded) }
  }

  private mutating func put(_ table: Table, _ place: Int, _ files: FileMap) {
    put(
      .text(table.name), SQLValue(place), SQLValue(table.rowCount),
      SQLValue(table.parent?.table.name), SQLValue(table.parent.flatMap { files[$0] }),
      SQLValue(table.dateColumn), SQLValue(table.idColumn),
      .text(table.shownColumns.map(String.init).joined(separator: " ")),
      SQLValue(table.parent?.key.id), in: .tables)
    if let key = table.parent?.key, key != LinkKey(id: key.id) {
      put(
        .text(table.name), SQLValue(key.named), SQLValue(key.email), SQLValue(key.website),
        SQLValue(key.matchesGuests), in: .links)
    }
    for (place, column) in table.columns.enumerated() {
      put(
        .text(table.name), SQLValue(place), .text(column.field.name), .text(column.field.header),
        .text(column.field.type.rawValue), SQLValue(column.isList), SQLValue(column.isShown),
        SQLValue(files[column.values]), in: .columns)
      if let evidence = column.evidence {
        put(.text(table.name), SQLValue(place), .text(evidence), in: .evidence)
      }
    }
    for (alias, place) in table.aliases {
      put(.text(table.name), .text(alias), SQLValue(place), in: .aliases)
    }
  }

  private mutating func put(_ segment: Segment, _ place: Int, _ files: FileMap) {
    put(
      SQLValue(segment.id), SQLValue(place), .text(segment.name), SQLValue(segment.isActive),
      SQLValue(segment.description), SQLValue(segment.applyTo), SQLValue(segment.rule),
      SQLValue(segment.refreshed), SQLValue(segment.staleness), SQLValue(segment.memberCount),
      SQLValue(segment.stored.flatMap { files[$0] }), in: .segments)
    for (place, website) in segment.websites.enumerated() {
      put(SQLValue(segment.id), SQLValue(place), .text(website), in: .websites)
    }
  }

  var settings: [String: String] {
    self[.settings].reduce(into: [:]) { settings, row in
      if let name = row[0].text { settings[name] = row[1].text }
    }
  }
}

// The column files.
extension CatalogImage {
  struct FileRow: Sendable {
    let number: Int
    let seal: ColumnFile.Seal
    let holds: String
    /// Which file it is; known of those that were written just now.
    var identity: FileIdentity?
  }

  var files: [FileRow] {
    self[.files].compactMap { FileRow($0) }.sorted { $0.number < $1.number }
  }

  func file(_ number: Int) -> FileRow? { self[.files, SQLValue(number)].flatMap { FileRow($0) } }

  mutating func put(_ file: FileRow) {
    put(
      SQLValue(file.number), SQLValue(file.seal.length), SQLValue(Int64(file.seal.digest)),
      .text(file.holds), in: .files)
  }

  /// The numbers of the files that hold something of the store.
  var referencedFiles: Set<Int> {
    let places: [(CatalogTable, Int)] = [(.tables, 4), (.columns, 7), (.segments, 10)]
    return Set(
      places.flatMap { table, place in self[table].compactMap { $0[place].integer.map(Int.init) } })
  }
}

extension CatalogImage.FileRow {
  fileprivate init?(_ row: [SQLValue]) {
    guard let number = row[0].integer, let length = row[1].integer, let digest = row[2].integer,
      let holds = row[3].text
    else { return nil }
    self.init(
      number: Int(number),
      seal: ColumnFile.Seal(length: Int(length), digest: UInt32(truncatingIfNeeded: digest)),
      holds: holds)
  }
}
