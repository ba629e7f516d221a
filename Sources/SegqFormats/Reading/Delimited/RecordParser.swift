/// Reads delimited text record by record, in any dialect, in the simplest way there is.
///
/// For the beginning of a file, which is looked at in several dialects, and for the dialects that
/// ``RecordScanner`` does not know.
struct RecordParser {
  struct Record {
    /// Nil is null: nothing between delimiters, or `\N`.
    var fields: [[UInt8]?] = []
    /// Where each field ends in the bytes.
    var ends: [Int] = []
    var line = 1
    var start = 0
    /// Behind its line end.
    var next = 0
    /// Quotes that close in the middle of a field: `"a \"b`.
    var looseQuotes = 0

    /// It ends with a delimiter: `1,Ann,`.
    var endsEmpty: Bool {
      fields.count > 1 && ends[fields.count - 1] == ends[fields.count - 2] + 1
    }

    /// Only a line that holds nothing at all is blank.
    var isBlank: Bool { fields.count == 1 && ends[0] == start }
  }

  let bytes: ArraySlice<UInt8>
  let dialect: TextDialect
  /// No bytes follow these.
  let isWhole: Bool
  private(set) var at: Int
  private(set) var line: Int
  /// The line of a quote that does not close in these bytes.
  private(set) var openQuote: Int?

  init(_ bytes: ArraySlice<UInt8>, _ dialect: TextDialect, isWhole: Bool, line: Int = 1) {
    self.bytes = bytes
    self.dialect = dialect
    self.isWhole = isWhole
    self.line = line
    at = bytes.startIndex
  }

  /// The next record; nil at the end, and where the record does not end in these bytes.
  mutating func next() -> Record? {
    openQuote = nil
    guard at < bytes.endIndex else { return nil }
    let start = (at: at, line: line)
    var record = Record()
    (record.start, record.line) = start
    while true {
      guard field(&record) else { return back(to: start) }
      guard at < bytes.endIndex, bytes[at] == dialect.delimiter else { break }
      at += 1
    }
    guard endLine() else { return back(to: start) }
    record.next = at
    return record
  }

  /// Goes on behind the line of the record that does not end.
  mutating func skipLine() {
    while at < bytes.endIndex, !isLineEnd(bytes[at]) { at += 1 }
    _ = endLine()
  }

  private mutating func back(to start: (at: Int, line: Int)) -> Record? {
    (at, line) = start
    return nil
  }

  private func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// False where the byte behind a carriage return has not come yet.
  private mutating func endLine() -> Bool {
    guard at < bytes.endIndex else { return isWhole }
    let isReturn = bytes[at] == UInt8(ascii: "\r")
    if isReturn, at + 1 == bytes.endIndex, !isWhole { return false }
    at += 1
    if isReturn, at < bytes.endIndex, bytes[at] == UInt8(ascii: "\n") { at += 1 }
    line += 1
    return true
  }

  /// False where the field does not end in these bytes.
  private mutating func field(_ record: inout Record) -> Bool {
    var text: [UInt8] = []
    let start = at
    let isQuoted =
      dialect.escapes.hasQuotes && at < bytes.endIndex && bytes[at] == UInt8(ascii: "\"")
    if isQuoted {
      guard quoted(&text, &record) else { return false }
    }
    guard plain(&text) else { return false }
    let isNull =
      !isQuoted && (at == start || bytes[start..<at].elementsEqual([0x5C, UInt8(ascii: "N")]))
    record.fields.append(isNull ? nil : text)
    record.ends.append(at)
    return at < bytes.endIndex || isWhole
  }

  private mutating func plain(_ text: inout [UInt8]) -> Bool {
    let hasBackslashes = dialect.escapes.hasBackslashes
    while true {
      let end =
        bytes[at...].firstIndex {
          $0 == dialect.delimiter || isLineEnd($0) || hasBackslashes && $0 == 0x5C
        } ?? bytes.endIndex
      text.append(contentsOf: bytes[at..<end])
      at = end
      guard hasBackslashes, at < bytes.endIndex, bytes[at] == 0x5C else { return true }
      guard escape(&text) else { return false }
    }
  }

  private mutating func quoted(_ text: inout [UInt8], _ record: inout Record) -> Bool {
    let opened = line
    at += 1
    while at < bytes.endIndex {
      let byte = bytes[at]
      if dialect.escapes.hasBackslashes, byte == 0x5C {
        guard escape(&text) else { break }
        continue
      }
      at += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == UInt8(ascii: "\"") {
        guard at < bytes.endIndex, bytes[at] == UInt8(ascii: "\"") else {
          return closes(&record)
        }
        at += 1
      }
      text.append(byte)
    }
    openQuote = opened
    return false
  }

  private func closes(_ record: inout Record) -> Bool {
    guard at < bytes.endIndex else { return isWhole }
    if bytes[at] != dialect.delimiter, !isLineEnd(bytes[at]) { record.looseQuotes += 1 }
    return true
  }

  /// `\t`, `\n`, `\\`, `\"`, and a backslash in front of a delimiter or a line end; false where what
  /// follows has not come yet.
  private mutating func escape(_ text: inout [UInt8]) -> Bool {
    guard at + 1 < bytes.endIndex else {
      guard isWhole else { return false }
      text.append(bytes[at])
      at += 1
      return true
    }
    let byte = bytes[at + 1]
    if byte == UInt8(ascii: "\n") { line += 1 }
    text.append(Self.meaning[byte] ?? byte)
    at += 2
    return true
  }

  private static let meaning: [UInt8: UInt8] = [
    UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "0"): 0,
    UInt8(ascii: "b"): 8, UInt8(ascii: "Z"): 26,
  ]
}
