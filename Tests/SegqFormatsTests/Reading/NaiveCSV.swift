import SegqRecords

@testable import SegqFormats

/// CSV read in the simplest way there is: byte by byte, record by record, column by column, with
/// ``FieldParse``. What the reader is tested against.
struct NaiveCSV {
  /// Nil is null; a field that was in quotes never is.
  typealias Row = [[UInt8]?]

  private(set) var rows: [Row] = []
  private(set) var lines: [Int] = []
  private(set) var bad: [CSVDocument.BadRow] = []
  private(set) var foreignValues = 0
  private(set) var firstForeignLine = 0

  private let bytes: [UInt8]
  private let width: Int
  private let delimiter: UInt8
  private var at = 0
  private var line = 1

  init(_ text: [UInt8], width: Int) {
    bytes = text.starts(with: ByteOrderMark.utf8) ? Array(text.dropFirst(3)) : text
    self.width = width
    delimiter = FirstLine.delimiter(of: bytes[...])
    _ = record()
    while at < bytes.count { take() }
  }

  private mutating func take() {
    let start = (at, line)
    guard var record = record() else {
      bad.append(
        .init(line: start.1, reason: "a quote that opens in line \(quoteLine) does not close"))
      (at, line) = start
      while at < bytes.count, !isLineEnd(bytes[at]) { at += 1 }
      endLine()
      return
    }
    if record.count == 1, record[0] == nil, bytes[start.0..<at].allSatisfy(isLineEnd) { return }
    if record.count == width + 1, bytes[start.0..<at].last(where: { !isLineEnd($0) }) == delimiter {
      record.removeLast()
    }
    guard record.count == width else {
      let noun = record.count == 1 ? "field" : "fields"
      bad.append(
        .init(
          line: start.1, reason: "\(record.count) \(noun) where the header has \(width)"))
      return
    }
    lines.append(start.1)
    rows.append(record.map { $0.map { decoded($0, line: start.1) } })
  }

  private var quoteLine = 0

  /// The next record; nil where a quote does not close.
  private mutating func record() -> Row? {
    var row: Row = []
    repeat {
      if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
        guard let field = quoted() else { return nil }
        row.append(field)
      } else {
        let field = plain()
        row.append(field.isEmpty || field == Array("\\N".utf8) ? nil : field)
      }
      guard at < bytes.count, bytes[at] == delimiter else { break }
      at += 1
    } while true
    endLine()
    return row
  }

  private mutating func plain() -> [UInt8] {
    let start = at
    while at < bytes.count, bytes[at] != delimiter, !isLineEnd(bytes[at]) { at += 1 }
    return Array(bytes[start..<at])
  }

  private mutating func quoted() -> [UInt8]? {
    quoteLine = line
    var field: [UInt8] = []
    at += 1
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\"") {
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") {
          at += 1
        } else {
          at += 1
          return field + afterQuote()
        }
      } else if bytes[at] == UInt8(ascii: "\n") {
        line += 1
      }
      field.append(bytes[at])
      at += 1
    }
    return nil
  }

  /// What stands between a closing quote and the delimiter, in which quotes mean nothing but vanish
  /// before the next byte.
  private mutating func afterQuote() -> [UInt8] {
    let rest = plain()
    var result: [UInt8] = []
    var i = 0
    while i < rest.count {
      if rest[i] == UInt8(ascii: "\"") { i += 1 }
      if i < rest.count { result.append(rest[i]) }
      i += 1
    }
    return result
  }

  private mutating func endLine() {
    line += 1
    guard at < bytes.count else { return }
    at += 1
    if bytes[at - 1] == UInt8(ascii: "\r"), at < bytes.count, bytes[at] == UInt8(ascii: "\n") {
      at += 1
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func decoded(_ text: [UInt8], line: Int) -> [UInt8] {
    if String(validating: text, as: UTF8.self) != nil { return text }
    if foreignValues == 0 { firstForeignLine = line }
    foreignValues += 1
    return text.flatMap { Array(Character(Windows1252.scalar($0)).utf8) }
  }
}

/// The values of a column as a wish takes them, and the rows that do not fit it.
struct NaiveColumn: Equatable {
  var type: DataType
  var values: [Value] = []
  var bad: [Int] = []
  var rounded = 0
  var isNoTime = false

  init(_ texts: [[UInt8]?], _ wish: ColumnWish, _ settings: ReadingSettings) {
    switch wish {
    case .text: self = Self.text(texts)
    case .integer: self = Self.numbers(texts, .integer) { FieldParse.integer($0[...]) }
    case .decimal: self = Self.decimals(texts, isGuess: false)
    case .number: self = Self.decimals(texts, isGuess: true)
    case .boolean: self = Self.booleans(texts)
    case .timeOnly: self = Self.times(texts, settings)
    case .time:
      self = Self.times(texts, settings)
      guard bad.count * 2 > texts.count else { return }
      self = Self.text(texts)
      isNoTime = true
    case .any: self = Self.any(texts, settings)
    }
  }

  private init(type: DataType) { self.type = type }

  private static func any(_ texts: [[UInt8]?], _ settings: ReadingSettings) -> NaiveColumn {
    guard texts.contains(where: { $0 != nil }) else { return text(texts) }
    let columns = [
      numbers(texts, .integer) { FieldParse.integer($0[...]) }, decimals(texts, isGuess: true),
      times(texts, settings),
      booleans(texts),
    ]
    return columns.first { $0.bad.isEmpty } ?? text(texts)
  }

  private static func booleans(_ texts: [[UInt8]?]) -> NaiveColumn {
    numbers(texts, .boolean) { FieldParse.boolean($0[...]).map { $0 ? 1 : 0 } }
  }

  private static func text(_ texts: [[UInt8]?]) -> NaiveColumn {
    var column = NaiveColumn(type: .text)
    column.values = texts.map { text in
      text.map { .text(String(decoding: FormulaGuard.unguard($0[...]), as: UTF8.self)) } ?? .null
    }
    return column
  }

  private static func numbers(
    _ texts: [[UInt8]?], _ type: DataType, _ parse: ([UInt8]) -> Int64?
  ) -> NaiveColumn {
    var column = NaiveColumn(type: type)
    for (row, text) in texts.enumerated() {
      if let text, !text.isEmpty {
        let number = parse(text)
        if number == nil { column.bad.append(row) }
        column.values.append(Value(number ?? 0, as: type))
      } else {
        column.values.append(.null)
      }
    }
    return column
  }

  private static func decimals(_ texts: [[UInt8]?], isGuess: Bool) -> NaiveColumn {
    var rounded = 0
    var column = numbers(texts, .decimal) { text in
      if isGuess, text.count > 1,
        text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "0") && text[1] != UInt8(ascii: ".")
      {
        return nil
      }
      let parsed = FieldParse.decimal(text[...])
      if parsed?.isRounded ?? false { rounded += 1 }
      return parsed?.value.units
    }
    column.rounded = rounded
    return column
  }

  private static func times(_ texts: [[UInt8]?], _ settings: ReadingSettings) -> NaiveColumn {
    let isDayFirst = texts.contains { $0.map { FieldParse.isDayFirst($0[...]) } ?? false }
    let order = settings.dateOrder ?? (isDayFirst ? .dayFirst : .monthFirst)
    let parsed = texts.map { text in text.flatMap { FieldParse.time($0[...], order: order) } }
    let hasClock = texts.isEmpty || parsed.contains { $0?.clock != nil }
    // What MySQL writes for no date.
    let zeros = ["0000-00-00", "0000-00-00 00:00:00"].map { Array($0.utf8) }
    let dates = texts.map { text in text.flatMap { zeros.contains($0) ? nil : $0 } }
    return numbers(dates, hasClock ? .datetime : .date) { text in
      FieldParse.time(text[...], order: order).map {
        hasClock ? $0.instant(in: settings.zone) : $0.day
      }
    }
  }
}
