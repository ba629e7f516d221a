import SegqBytes

/// Reads the rows of one worksheet of Excel XML, or of all.
final class SpreadsheetMLScanner: GridScanner, XMLConsumer, @unchecked Sendable {
  /// The names of the worksheets met so far.
  private(set) var names: [String] = []
  private let sheet: Int?
  private let consumer: any GridConsumer
  private var reader: XMLReader?
  private var isStopped = false

  private let row = GridRow()
  private var nextRow = 1
  private var nextColumn = 0
  private var isInRow = false
  private var merged = 0

  private var type = DataType.string
  private var value: [UInt8] = []
  private var hasValue = false
  private var dataDepth = 0
  private var commentDepth = 0

  private enum DataType {
    case string, number, boolean, dateTime, error
  }

  /// `sheet` counts worksheets from 0; nil reads all of them.
  init(_ source: any ByteSource, sheet: Int?, _ consumer: any GridConsumer) {
    self.sheet = sheet
    self.consumer = consumer
    reader = XMLReader(source, part: nil, self)
  }

  func advance() throws(ReadingFailure) -> Bool { try reader?.advance() ?? false }

  var isDone: Bool { isStopped || sheet.map { names.count > $0 + 1 } ?? false }

  private var isWanted: Bool { !isStopped && (sheet == nil || sheet == names.count - 1) }

  func begin(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == Self.worksheet {
      names.append(attributes[Self.name]?.string ?? "Sheet\(names.count + 1)")
      nextRow = 1
    }
    guard isWanted else { return }
    if dataDepth > 0 {
      dataDepth += 1
    } else if commentDepth > 0 || name == Self.comment {
      commentDepth += 1
    } else if name == Self.row {
      beginRow(attributes)
    } else if name == Self.cell {
      beginCell(attributes)
    } else if name == Self.data {
      beginData(attributes)
    }
  }

  func end(_ name: XMLName) {
    guard isWanted else { return }
    if dataDepth > 0 {
      dataDepth -= 1
    } else if commentDepth > 0 {
      commentDepth -= 1
    } else if name == Self.cell {
      endCell()
    } else if name == Self.row {
      endRow()
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard dataDepth > 0, isWanted else { return }
    unsafe value.append(contentsOf: bytes)
  }

  private func beginRow(_ attributes: XMLAttributes) {
    if let index = attributes[Self.index]?.integer, index > 0 { nextRow = index }
    row.begin(number: nextRow)
    nextRow += 1
    nextColumn = 0
    isInRow = true
  }

  private func beginCell(_ attributes: XMLAttributes) {
    if let index = attributes[Self.index]?.integer, index > 0 { nextColumn = index - 1 }
    merged = attributes[Self.mergeAcross]?.integer ?? 0
    value.removeAll(keepingCapacity: true)
    hasValue = false
    type = .string
  }

  private func beginData(_ attributes: XMLAttributes) {
    dataDepth = 1
    hasValue = true
    switch attributes[Self.type]?.first {
    case UInt8(ascii: "N"): type = .number
    case UInt8(ascii: "B"): type = .boolean
    case UInt8(ascii: "D"): type = .dateTime
    case UInt8(ascii: "E"): type = .error
    default: type = .string
    }
  }

  private func endCell() {
    defer { nextColumn += 1 + merged }
    guard isInRow, hasValue, nextColumn < mostGridColumns else { return }
    switch type {
    case .string: row.add(column: nextColumn, value[...])
    case .number: row.add(column: nextColumn, Self.number(value)[...])
    case .boolean: row.add(column: nextColumn, Self.boolean(value)[...])
    case .dateTime: row.add(column: nextColumn, Self.dateTime(value)[...])
    case .error:
      row.add(column: nextColumn, [])
      row.errorCount += 1
    }
  }

  private func endRow() {
    guard isInRow else { return }
    isInRow = false
    row.finish()
    if !consumer.take(row) { isStopped = true }
  }

  private static let worksheet: XMLName = "Worksheet"
  private static let row: XMLName = "Row"
  private static let cell: XMLName = "Cell"
  private static let data: XMLName = "Data"
  private static let comment: XMLName = "Comment"
  private static let name: XMLName = "Name"
  private static let index: XMLName = "Index"
  private static let type: XMLName = "Type"
  private static let mergeAcross: XMLName = "MergeAcross"
}

// What a cell of a type says.
extension SpreadsheetMLScanner {
  /// The Admin calls whatever begins with a digit a number, and keeps blanks around it; a number of
  /// Excel has the digits of a binary one.
  private static func number(_ text: [UInt8]) -> [UInt8] {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    let core = text.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    let isLong = core.count > 16
    let hasExponent = core.contains(UInt8(ascii: "E"))
    return isLong || hasExponent ? CellNumber.plain(Array(core)[...]) : Array(core)
  }

  private static func boolean(_ text: [UInt8]) -> [UInt8] {
    switch text {
    case [UInt8(ascii: "1")]: Array("true".utf8)
    case [UInt8(ascii: "0")]: Array("false".utf8)
    default: text
    }
  }

  /// `2024-01-31T10:00:00.000` is `2024-01-31 10:00:00`, and `2024-01-31` at midnight; a clock alone
  /// comes with the day before 1900.
  static func dateTime(_ text: [UInt8]) -> [UInt8] {
    guard text.count >= 19, text[10] == UInt8(ascii: "T") else { return text }
    let (day, clock) = (text[..<10], text[11..<19])
    if day.elementsEqual("1899-12-31".utf8) || day.elementsEqual("1899-12-30".utf8) {
      return Array(clock)
    }
    if clock.elementsEqual("00:00:00".utf8) { return Array(day) }
    return Array(day) + [UInt8(ascii: " ")] + clock
  }
}
