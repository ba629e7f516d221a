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
  let delimiter: UInt8
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
