import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// Reading files.
extension StoreLoader {
  /// Reads a file whole, with the kinds of values that its shape has.
  func sheet(_ path: String, _ shape: TableShape) throws(ShellError) -> Sheet {
    try sheet(path, shape, wishes: shape.columns.map(\.kind.wish))
  }

  func sheet(
    _ path: String, _ shape: TableShape, wishes: [ColumnWish?],
    consumer: (any RowConsumer)? = nil
  ) throws(ShellError) -> Sheet {
    told(try read(path, shape, wishes, consumer))
  }

  /// The same, without a word of what was found.
  private func read(
    _ path: String, _ shape: TableShape, _ wishes: [ColumnWish?],
    _ consumer: (any RowConsumer)? = nil
  ) throws(ShellError) -> Sheet {
    let progress =
      showsProgress
      ? Files.size(of: path).flatMap {
        ProgressLine("reading \(Files.name(of: path))", of: $0, .bytes)
      }
      : nil
    defer { progress?.finish() }
    do throws(ReadingFailure) {
      let file = try Self.open(path) { progress?.advance(to: $0) }
      let reader = file.sheets[0].reader(
        columns: wishes, settings: ReadingSettings(dateOrder: dateOrder, zone: zone),
        consumer: consumer, isInterrupted: isInterrupted)
      let document = try reader.read {
        Workers.run(min(Workers.limit, reader.usefulWorkers), $0)
      }
      return Sheet(path: path, shape: shape, wishes: wishes, document: document)
    } catch {
      throw Self.unreadable(error, path, header: shape.columns.map(\.header))
    }
  }

  /// Reads a file whose rows are to stand behind those of a table: with the kinds of values that its
  /// columns have. Values that would make a column of numbers or times one of text are bad ones.
  func sheet(
    _ path: String, _ shape: TableShape, behind table: Table, _ places: [Int], keys: Set<Int>
  ) throws(ShellError) -> Sheet {
    let known = places.map { table.columns.indices.contains($0) ? table.columns[$0].values : nil }
    var wishes = shape.columns.indices.map { i in
      known[i]?.wish(isKey: keys.contains(places[i])) ?? shape.columns[i].kind.wish
    }
    var sheet = try read(path, shape, wishes)
    let strict = known.enumerated().map { i, column in
      sheet.document.columns[i].flatMap { column?.wish(for: $0.vector) }
    }
    if strict.contains(where: { $0 != nil }) {
      for (i, wish) in strict.enumerated() { wishes[i] = wish ?? wishes[i] }
      sheet = try read(path, shape, wishes)
      for (i, column) in known.enumerated() where strict[i] == .number && column?.type == .integer {
        sheet.document.columns[i]?.vector.makeIntegers()
      }
    }
    return told(sheet)
  }

  private func told(_ sheet: Sheet) -> Sheet {
    tellForeign(sheet.document, sheet.path)
    return sheet
  }

  private func tellForeign(_ document: CSVDocument, _ path: String) {
    guard document.foreignValues > 0 else { return }
    warn(
      Diagnostic(
        .note, code: "not-utf8",
        "\(path):\(document.firstForeignLine): not UTF-8, read as Windows-1252 "
          + "(\(document.foreignValues) values)"))
  }
}

extension StoredColumn {
  /// What values that come later should be; nil where that is open. The ids of rows stay numbers,
  /// whatever a file has in their place.
  fileprivate func wish(isKey: Bool) -> ColumnWish? {
    if isAllNull { return nil }
    return switch type {
    case .text: .text
    case .integer: isKey ? .integer : nil
    case .decimal: isKey ? .decimal : nil
    case .date, .datetime, .boolean: nil
    }
  }
}

extension StoredColumn {
  /// What values are to be read as that would make text of a column as they were read; nil where they
  /// fit it.
  fileprivate func wish(for values: ColumnVector) -> ColumnWish? {
    guard type != .text, commonType(with: values) == .text else { return nil }
    return switch type {
    // Numbers that are too large for decimals can only be followed by integers.
    case .integer: values.type == .decimal ? .integer : .number
    case .decimal: .number
    case .date, .datetime: .timeOnly
    case .boolean: .boolean
    case .text: nil
    }
  }
}

extension ColumnVector {
  /// Makes integers of decimals that all are whole.
  fileprivate mutating func makeIntegers() {
    guard let numbers, numbers.allSatisfy({ $0.isMultiple(of: Decimal.scale) }) else { return }
    self = ColumnVector(
      type: .integer, storage: .numbers(numbers.map { $0 / Decimal.scale }), nulls: nulls)
  }
}

extension ColumnWish {
  /// What a value that does not fit it is not.
  var article: String {
    switch self {
    case .any, .text: "a value"
    case .integer: "a whole number"
    case .decimal, .number: "a number"
    case .time, .timeOnly: "a date"
    case .boolean: "true or false"
    }
  }
}

extension TableShape.Column.Kind {
  var wish: ColumnWish {
    switch self {
    case .any: .any
    case .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .time: .time
    }
  }
}
