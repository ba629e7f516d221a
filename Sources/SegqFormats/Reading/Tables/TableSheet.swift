public import SegqBytes

/// One table of a file: the whole of a CSV file, a sheet of a workbook, an array of JSON.
public struct TableSheet: Sendable {
  /// What the numbers of rows count.
  public enum Unit: String, Sendable {
    /// `orders.csv:12`
    case line
    /// `orders.xlsx, sheet 'Orders', row 12`
    case row
    /// `orders.json: item 12`, the twelfth object of an array.
    case item
  }

  /// `Orders` of a workbook, `items` of JSON; empty where a file is one table.
  public let name: String
  /// The names of the columns, as the file has them; `""` for a column without one.
  public let header: [String]
  /// Where the header is, from 1; 0 where there is none.
  public let headerLine: Int
  public let unit: Unit
  /// Of a child sheet, such as the addresses in each customer: the index of the customers among the
  /// sheets of the file. Its first column has the id of the parent's row.
  public let parent: Int?
  public let notes: [SheetNote]
  let rows: RowSource

  init(
    name: String = "", header: [String], headerLine: Int, unit: Unit = .line, parent: Int? = nil,
    notes: [SheetNote] = [], rows: RowSource
  ) {
    self.name = name
    self.header = header
    self.headerLine = headerLine
    self.unit = unit
    self.parent = parent
    self.notes = notes
    self.rows = rows
  }

  public var isHidden: Bool { notes.contains(.hidden) }

  /// `shop/orders.csv:12`, where a message points to.
  public func place(_ path: String, line: Int) -> String {
    switch unit {
    case .line: name.isEmpty ? "\(path):\(line)" : "\(path), '\(name)', line \(line)"
    case .row: "\(path), sheet '\(name)', row \(line)"
    case .item: name.isEmpty ? "\(path), item \(line)" : "\(path), \(name), item \(line)"
    }
  }

  /// Fails where its file was written to, or another one took its place, since it was opened.
  public func checkUnchanged() throws(SourceFailure) { try rows.source.checkUnchanged() }

  /// The same sheet by another name.
  func named(_ name: String) -> TableSheet {
    TableSheet(
      name: name, header: header, headerLine: headerLine, unit: unit, parent: parent,
      notes: notes, rows: rows)
  }

  /// The same sheet behind `count` others in the list of sheets.
  func moved(by count: Int) -> TableSheet {
    TableSheet(
      name: name, header: header, headerLine: headerLine, unit: unit,
      parent: parent.map { $0 + count }, notes: notes, rows: rows)
  }

  /// The texts of the first rows, nil for null, for finding out what a file holds.
  public func sample(
    rows count: Int, isInterrupted: () -> Bool = { false }
  ) throws(ReadingFailure) -> [[String?]] {
    var cutter = rows.cutter(header.count)
    var block = FieldBlock()
    var result: [[String?]] = []
    while result.count < count, cutter.cut(&block, isInterrupted: isInterrupted) {
      block.removeRepeats()
      block.isForeign = true
      for row in 0..<min(block.rowCount, count - result.count) { result.append(block.texts(row)) }
    }
    // What is damaged behind the rows that were asked for is reported when all are read.
    if let failure = cutter.failure, result.count < count {
      throw failure.caused { () throws(SourceFailure) in try checkUnchanged() }
    }
    return result
  }

  /// Reads all rows, with a wish for each column that is to be read.
  public func reader(
    columns: [ColumnWish?], settings: ReadingSettings, consumer: (any RowConsumer)? = nil,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) -> TableReader {
    TableReader(
      rows, columns: columns, settings: settings, consumer: consumer, isInterrupted: isInterrupted)
  }
}

extension FieldBlock {
  fileprivate func texts(_ row: Int) -> [String?] {
    var buffer: [UInt8] = []
    return (0..<width).map { column in
      if case .null = text(row, column, into: &buffer) { return nil }
      return String(decoding: FormulaGuard.unguard(buffer[...]), as: UTF8.self)
    }
  }
}
