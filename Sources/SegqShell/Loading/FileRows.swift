import SegqCommerce
import SegqEngine
import SegqFormats
import SegqRecords

/// The rows of a file, column by column: those of its shape, and behind them what is computed of these.
struct FileRows: Sendable {
  var shape: TableShape
  var columns: [LoadedColumn]
  let item: LoadItem
  /// What was read, without its values: it knows the line of each row.
  let document: CSVDocument
  /// The row of the document that each row was; nil where all are there, in order.
  private(set) var origins: [Int32]?
  /// Rows that go on with the one before, and are none of the table.
  var continued: Bitmap?

  /// What messages name the file: `shop/orders.csv`.
  var name: String { item.name }

  var count: Int { columns.first?.vector.count ?? 0 }

  /// The line of a row, from 1.
  func line(_ row: Int) -> Int { document.line(ofRow: Int(origin(row))) }

  private func origin(_ row: Int) -> Int32 { origins?[row] ?? Int32(truncatingIfNeeded: row) }

  func vector(_ name: String) -> ColumnVector? {
    shape.column(named: name).map { columns[$0].vector }
  }

  /// Leaves these rows only, in this order.
  func keeping(_ rows: [Int32]) -> FileRows {
    var kept = self
    for i in kept.columns.indices { kept.columns[i].vector = columns[i].vector.gathered(rows) }
    kept.origins = rows.map { origin(Int($0)) }
    kept.continued = nil
    return kept
  }

  /// Adds a column, or puts it in the place of the one of that name.
  mutating func put(
    _ column: TableShape.Column, _ vector: ColumnVector, evidence: String? = nil
  ) {
    let field = Field(name: column.name, header: column.header, type: vector.type)
    var loaded = LoadedColumn(field, vector, isShown: column.isShown)
    loaded.evidence = evidence
    if let index = shape.column(named: column.name) {
      columns[index] = loaded
      shape.columns[index] = column
    } else {
      shape.columns.append(column)
      columns.append(loaded)
    }
  }
}

// What the rows of a file give besides its columns.
extension FileRows {
  /// Columns that are computed of others, and the name of its parts.
  mutating func compute() {
    let computed = shape.computed
    for column in computed {
      let values = RowValues(self, groups: nil).vector(column.source)
      put(column.column, values)
    }
    let isNamed = !shape.nameParts.isEmpty && shape.name == "customers" && vector("name") == nil
    guard !computed.isEmpty || isNamed else { return }
    if isNamed {
      let name = TablePart.Source.joined(shape.nameParts.map { .column($0) })
      put(
        TableShape.Column(name: "name", header: "Name", kind: .text, isShown: true),
        RowValues(self, groups: nil).vector(name))
    }
    shape.shownColumns = Recognition.order(
      ofColumns: shape.columns.map(\.name), in: shape.name
    ).filter { shape.columns[$0].isShown }
  }

  /// Rows that are parts of others (`parent_item_id`) have no quantity and no amount of their own.
  mutating func clearParts() {
    guard let part = shape.partOf else { return }
    let isPart = ~columns[part].vector.emptyRows
    guard !isPart.isEmpty else { return }
    for name in ["quantity", "total"] {
      guard let index = shape.column(named: name) else { continue }
      let nulls = columns[index].vector.nulls ?? Bitmap(count: count)
      columns[index].vector.nulls = nulls | isPart
    }
  }

  /// The rows of a table that a file gives besides its own.
  func part(_ part: TablePart) -> FileRows {
    let groups: RowGroups? =
      switch part.rows {
      case .each: nil
      case .distinct(let column): RowGroups(columns[column].vector)
      }
    let values = RowValues(self, groups: groups)
    let made = zip(part.shape.columns, part.sources).map { column, source in
      let vector = values.vector(source)
      return LoadedColumn(
        Field(name: column.name, header: column.header, type: vector.type), vector,
        isShown: column.isShown)
    }
    let rows = FileRows(
      shape: part.shape, columns: made, item: item,
      document: document, origins: groups.map { $0.first.map { origin(Int($0)) } } ?? origins)
    guard part.rows == .each, let isThere = rows.filledRows(part.sources) else { return rows }
    return rows.keeping(isThere)
  }

  /// The rows in which a column has a value of its own; nil where all have one.
  private func filledRows(_ sources: [TablePart.Source]) -> [Int32]? {
    var isEmpty = Bitmap(count: count, filledWith: true)
    for (column, source) in zip(columns, sources) {
      if case .carried = source { continue }
      isEmpty &= column.vector.emptyRows
    }
    guard !isEmpty.isEmpty else { return nil }
    return (~isEmpty).positions.map { Int32(truncatingIfNeeded: $0) }
  }
}

extension ColumnVector {
  /// The rows that are null, or empty text.
  var emptyRows: Bitmap {
    var empty = nulls ?? Bitmap(count: count)
    switch storage {
    case .numbers: break
    case .texts(let texts):
      for row in 0..<texts.count where texts.range(row).isEmpty { empty[row] = true }
    case .coded(let codes, let texts):
      let isEmpty = (0..<texts.count).map { texts.range($0).isEmpty }
      guard isEmpty.contains(true) else { break }
      for (row, code) in codes.enumerated() where isEmpty[Int(code)] { empty[row] = true }
    }
    return empty
  }
}

/// Rows with one value of a column, in the order of the first of each.
struct RowGroups: Sendable {
  /// The first row of each group.
  let first: [Int32]
  /// The group of each row; −1 where the value is null.
  let groups: [Int32]

  init(_ keys: ColumnVector) {
    let firstRows = KeyIndex(ofRows: keys).rows(of: keys)
    var number = [Int32](repeating: -1, count: keys.count)
    var first: [Int32] = []
    groups = firstRows.enumerated().map { row, other in
      guard other >= 0 else { return -1 }
      if other == Int32(truncatingIfNeeded: row) {
        number[row] = Int32(truncatingIfNeeded: first.count)
        first.append(other)
      }
      return number[Int(other)]
    }
    self.first = first
  }
}

/// Values that are worked out of the columns of a file, for each row or for each group of rows.
struct RowValues {
  private let rows: FileRows
  private let groups: RowGroups?

  init(_ rows: FileRows, groups: RowGroups?) { (self.rows, self.groups) = (rows, groups) }

  private var count: Int { groups?.first.count ?? rows.count }

  func vector(_ source: TablePart.Source) -> ColumnVector {
    switch source {
    case .column(let column): return first(rows.columns[column].vector)
    case .carried(let column): return first(carried(rows.columns[column].vector))
    case .sum(let inner): return sum(inner)
    case .product:
      let units = units(source)
      return decimals(groups.map { $0.first.map { units[Int($0)] } } ?? units)
    case .joined(let parts): return joined(parts)
    }
  }

  /// Nulls are the nearest value before them.
  private func carried(_ vector: ColumnVector) -> ColumnVector {
    let isEmpty = vector.emptyRows
    guard !isEmpty.isEmpty else { return vector }
    var last: Int32 = -1
    return vector.gathered(
      withMissing: (0..<Int32(vector.count)).map { row in
        if !isEmpty[Int(row)] { last = row }
        return last
      })
  }

  /// Of each group the first value that is not null.
  private func first(_ vector: ColumnVector) -> ColumnVector {
    guard let groups else { return vector }
    var chosen = groups.first
    if let nulls = vector.nulls {
      for (row, group) in groups.groups.enumerated() where group >= 0 && !nulls[row] {
        if nulls[Int(chosen[Int(group)])] { chosen[Int(group)] = Int32(truncatingIfNeeded: row) }
      }
    }
    return vector.gathered(chosen)
  }

  /// For each row of the file, in units of a decimal; nil for null, for what is no number and for what
  /// is too large.
  private func units(_ source: TablePart.Source) -> [Int64?] {
    switch source {
    case .column(let column), .carried(let column):
      let vector = rows.columns[column].vector
      guard let numbers = vector.numbers else { return Array(repeating: nil, count: rows.count) }
      let scale = vector.type == .integer ? Decimal.scale : 1
      return numbers.enumerated().map { row, number in
        let (units, isTooLarge) = number.multipliedReportingOverflow(by: scale)
        return vector.isNull(row) || isTooLarge ? nil : units
      }
    case .product(let a, let b):
      return zip(units(a), units(b)).map { a, b in
        guard let a, let b else { return nil }
        return Rounding.product(a, b)
      }
    case .sum(let inner): return units(inner)
    case .joined: return Array(repeating: nil, count: rows.count)
    }
  }

  private func sum(_ source: TablePart.Source) -> ColumnVector {
    let units = units(source)
    guard let groups else { return decimals(units) }
    var sums = [Int64?](repeating: nil, count: groups.first.count)
    var isTooLarge = [Bool](repeating: false, count: sums.count)
    for (row, group) in groups.groups.enumerated() where group >= 0 {
      guard let unit = units[row] else { continue }
      let (sum, overflow) = (sums[Int(group)] ?? 0).addingReportingOverflow(unit)
      sums[Int(group)] = sum
      if overflow { isTooLarge[Int(group)] = true }
    }
    return decimals(zip(sums, isTooLarge).map { $1 ? nil : $0 })
  }

  private func decimals(_ units: [Int64?]) -> ColumnVector {
    ColumnVector(units.map { $0.map { .decimal(Decimal(units: $0)) } ?? .null }, type: .decimal)
  }

  private func joined(_ parts: [TablePart.Source]) -> ColumnVector {
    let vectors = parts.map { vector($0) }
    var texts = TextVector()
    var nulls = Bitmap(count: count)
    for row in 0..<count {
      let words = vectors.filter { !$0.isNull(row) }.map { $0[row].text(in: .utc) }
        .filter { !$0.isEmpty }
      texts.append(words.joined(separator: " "))
      if words.isEmpty { nulls[row] = true }
    }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: nulls.isEmpty ? nil : nulls)
  }
}
