import SegqLanguage

/// Tells what a file holds, by its name or else by its header.
public enum Recognition {
  /// The shape of the file `name` (`orders`, without folder and ending) with that header.
  ///
  /// `table` is what the user says it is, and `columns` names headers for columns: both count more
  /// than what the file looks like.
  public static func shape(
    file name: String, header: [String], table: String? = nil, columns: [String: String] = [:]
  ) -> TableShape {
    let keys = header.map(key)
    let name = table ?? key(name)
    let known =
      KnownTable.all.first { $0.files.contains(name) }
      ?? (table == nil ? KnownTable.all.first { $0.isSigned(by: keys) } : nil)
    return known.map { $0.shape(header, keys, columns) }
      ?? unknownShape(name, header, keys, columns)
  }

  /// What each of the files is, judged together: a file gets what it is the best of, and neither the
  /// order of the files nor the alphabet decides. `existing` are the tables of the store that they
  /// are loaded into. One verdict a glimpse, in the order of the glimpses.
  public static func judge(
    _ files: [FileGlimpse], existing: [ExistingTable] = []
  ) -> [Verdict] {
    files.map { file in
      let stem = String(file.file[..<(file.file.lastIndex(of: ".") ?? file.file.endIndex)])
      let shape = shape(
        file: stem, header: file.header, table: file.choice?.table,
        columns: file.choice?.columns ?? [:])
      return Verdict(shape: shape, role: .table, certainty: .own, reason: "named \(file.file)")
    }
  }

  /// The order in which a table shows columns that came from several files: known ones first.
  public static func order(ofColumns names: [String], in table: String) -> [Int] {
    let known = KnownTable.all.first { $0.name == table }?.columns.map(\.name) ?? []
    return known.compactMap { names.firstIndex(of: $0) }
      + names.indices.filter { !known.contains(names[$0]) }
  }

  /// Columns that hold ids of customers, in whatever table.
  public static let customerColumns = ["customer", "customer_id"]

  /// A header as names are compared: `State/Province` is `state_province`.
  static func key(_ header: String) -> String { header.snakeCased ?? "" }

  /// A table that nobody knows: it hangs on whatever it has ids of.
  private static func unknownShape(
    _ name: String, _ header: [String], _ keys: [String], _ columns: [String: String]
  ) -> TableShape {
    let table = KnownTable(name: name, files: [], columns: [])
    var shape = table.shape(header, keys, columns)
    for parent in ["items", "orders", "customers"] {
      let single = String(parent.dropLast())
      for column in ["\(single)_id", single] {
        guard let index = shape.column(named: column) else { continue }
        shape.links.append(.init(table: parent, column: index, key: .id))
        if parent == "customers" { shape.columns[index].kind = .integer }
        break
      }
    }
    shape.idColumn = shape.column(named: "id")
    shape.dateColumn = shape.column(named: "date") ?? shape.column(named: "created_at")
    return shape
  }
}

/// A table that a store has already, for files that are loaded into it.
public struct ExistingTable: Sendable {
  public var name: String
  /// Some of its ids, as text.
  public var ids: [String]
  /// Names of its columns.
  public var columns: [String]

  public init(name: String, ids: [String] = [], columns: [String] = []) {
    self.name = name
    self.ids = ids
    self.columns = columns
  }
}

extension KnownTable {
  /// Whether a header has all the columns by which the table is told.
  fileprivate func isSigned(by keys: [String]) -> Bool {
    !signature.isEmpty
      && signature.allSatisfy { name in
        columns.first { $0.name == name }?.headers.contains { keys.contains($0) } ?? false
      }
  }

  fileprivate func shape(
    _ header: [String], _ keys: [String], _ chosen: [String: String]
  ) -> TableShape {
    var taken: [Int: KnownColumn] = [:]
    for column in columns {
      let headers = chosen[column.name].map { [Recognition.key($0)] } ?? column.headers
      let places = headers.compactMap { header in keys.firstIndex(of: header) }
      if let place = places.first(where: { taken[$0] == nil }) { taken[place] = column }
    }
    var shape = TableShape(name: name, columns: [])
    var used: Set<String> = []
    for (place, text) in header.enumerated() {
      var column = self.column(taken[place], text, keys[place], chosen)
      var number = 2
      let plain = column.name
      while !used.insert(column.name).inserted {
        column.name = "\(plain)_\(number)"
        number += 1
      }
      shape.columns.append(column)
    }
    // The report's columns come in the report's order, whatever the file's.
    let known = columns.compactMap { column in
      taken.first { $0.value.name == column.name }?.key
    }
    let others = shape.columns.indices.filter { !known.contains($0) }
    shape.shownColumns = (known + others).filter { shape.columns[$0].isShown }
    for (place, key) in keys.enumerated() where !used.contains(key) { shape.aliases[key] = place }
    for column in taken {
      for alias in column.value.headers where !used.contains(alias) {
        shape.aliases[alias] = shape.aliases[alias] ?? column.key
      }
    }
    shape.idColumn = shape.column(named: "id")
    shape.dateColumn = dateColumn.flatMap { shape.column(named: $0) }
    shape.links = parents.compactMap { parent in
      shape.column(named: parent.column).map { .init(table: parent.table, column: $0, key: .id) }
    }
    return shape
  }

  /// A known column keeps its own header; any other is named by the file's.
  private func column(
    _ known: KnownColumn?, _ header: String, _ key: String, _ chosen: [String: String]
  ) -> TableShape.Column {
    if let known {
      return TableShape.Column(
        name: known.name, header: known.header, kind: known.kind, isShown: known.isShown)
    }
    let name = chosen.first { Recognition.key($0.value) == key }?.key ?? key
    return TableShape.Column(
      name: name.isEmpty ? "column" : name, header: header, kind: .any,
      isShown: self.name != "customers")
  }
}
