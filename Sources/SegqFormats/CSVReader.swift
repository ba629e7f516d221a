public import SegqRecords

/// A file of delimited text, cut into columns; no value has been given a type yet.
public struct CSVDocument: Sendable {
  public var header: [String] = []
  public var columns: [RawColumn] = []
  public var rowCount = 0
  /// Rows that could not be taken, in order.
  public var badRows: [BadRow] = []
  /// How many values were no UTF-8 and were read as Windows-1252, and the line of the first.
  public var foreignValues = 0
  public var firstForeignLine = 0
  private var lineOffsets: [(row: Int, extra: Int)] = []

  /// One column as text. A null is nothing between delimiters, or `\N`.
  public struct RawColumn: Sendable {
    public var texts = TextVector()
    public var nulls = Bitmap(count: 0)
  }

  public struct BadRow: Sendable, Hashable {
    /// From 1, the header's included.
    public var line: Int
    public var reason: String

    public init(line: Int, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// The line at which a row begins.
  public func line(ofRow row: Int) -> Int {
    row + 2 + (lineOffsets.last { $0.row <= row }?.extra ?? 0)
  }

  mutating func note(line: Int, ofRow row: Int) {
    let extra = line - row - 2
    if extra != lineOffsets.last?.extra ?? 0 { lineOffsets.append((row, extra)) }
  }
}

/// Reads RFC 4180 and what is met in practice: `,` `;` or tab, LF, CRLF or CR, a byte order mark,
/// blank lines, line ends inside quotes, no line end at the end.
public struct CSVReader {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private let delimiter: UInt8
  private var fields: [FieldBounds] = []
  private var document = CSVDocument()

  /// Where a field lies; `isEscaped` says that it holds doubled quotes.
  private struct FieldBounds {
    var start: Int
    var end: Int
    var isQuoted = false
    var isEscaped = false
    var isForeign = false
  }

  private enum RecordEnd {
    case record
    case openQuote(line: Int)
    case endOfText
  }

  /// Reads a text whole. O(n).
  public static func read(_ bytes: [UInt8]) -> CSVDocument {
    var reader = CSVReader(bytes)
    return reader.read()
  }

  /// The header alone, of a text or of its beginning.
  public static func header(_ bytes: [UInt8]) -> [String] {
    var reader = CSVReader(bytes)
    reader.readHeader()
    return reader.document.header
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    delimiter = Self.delimiter(of: bytes[position...])
  }

  /// The one that the first line has most of, outside quotes.
  private static func delimiter(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      counts[byte, default: 0] += 1
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let best = candidates.max { counts[$0] ?? 0 < counts[$1] ?? 0 }
    return best.flatMap { counts[$0] == nil ? nil : $0 } ?? UInt8(ascii: ",")
  }

  private mutating func read() -> CSVDocument {
    readHeader()
    document.columns = document.header.map { _ in CSVDocument.RawColumn() }
    reserve()
    while true {
      let start = (position: position, line: line)
      switch nextRecord() {
      case .endOfText: return document
      case .openQuote(let quoteLine):
        skipLine(from: start)
        bad("a quote that opens in line \(quoteLine) does not close", at: start.line)
      case .record: takeRecord(at: start.line)
      }
    }
  }

  private mutating func readHeader() {
    guard case .record = nextRecord() else { return }
    document.header = fields.map { field in
      var text: [UInt8] = []
      Self.append(field, of: bytes, to: &text)
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Makes room by the length of the first lines.
  private mutating func reserve() {
    let sample = bytes[position...].prefix(65_536)
    let lines = max(1, sample.count { $0 == UInt8(ascii: "\n") })
    let rows = (bytes.count - position) / max(1, sample.count / lines)
    for i in document.columns.indices {
      document.columns[i].texts.offsets.reserveCapacity(rows + rows / 16)
    }
  }

  private mutating func takeRecord(at startLine: Int) {
    // Only a line that holds nothing at all is blank.
    if fields.count == 1, fields[0].start == fields[0].end, !fields[0].isQuoted { return }
    guard fields.count == document.columns.count else {
      bad(
        "\(fields.count) \(fields.count == 1 ? "field" : "fields") where the header has "
          + "\(document.columns.count)", at: startLine)
      return
    }
    document.note(line: startLine, ofRow: document.rowCount)
    document.rowCount += 1
    for (i, field) in fields.enumerated() { take(field, into: i, line: startLine) }
  }

  private mutating func take(_ field: FieldBounds, into column: Int, line: Int) {
    let isNull = !field.isQuoted && (field.start == field.end || isNullMark(field))
    document.columns[column].nulls.append(isNull)
    if isNull {
      document.columns[column].texts.endText()
    } else if !field.isEscaped, !field.isForeign {
      document.columns[column].texts.append(bytes[field.start..<field.end])
    } else {
      // A method of self would see a copy of the column, and copy it anew for every field.
      if !Self.append(field, of: bytes, to: &document.columns[column].texts.bytes) {
        if document.foreignValues == 0 { document.firstForeignLine = line }
        document.foreignValues += 1
      }
      document.columns[column].texts.endText()
    }
  }

  /// `\N`, as databases write it.
  private func isNullMark(_ field: FieldBounds) -> Bool {
    field.end - field.start == 2 && bytes[field.start] == UInt8(ascii: "\\")
      && bytes[field.start + 1] == UInt8(ascii: "N")
  }

  private mutating func bad(_ reason: String, at line: Int) {
    document.badRows.append(CSVDocument.BadRow(line: line, reason: reason))
  }

  /// Goes on with the line behind the one where a record began that has no end.
  private mutating func skipLine(from start: (position: Int, line: Int)) {
    position = start.position
    line = start.line + 1
    let end = bytes[position...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    position = end ?? bytes.count
    if position < bytes.count { position += lineEndLength }
  }

  private var lineEndLength: Int {
    bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
      && bytes[position + 1] == UInt8(ascii: "\n") ? 2 : 1
  }
}

// The scan.
extension CSVReader {
  /// Finds the fields of the next record and goes behind its line end.
  private mutating func nextRecord() -> RecordEnd {
    fields.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return .endOfText }
    while true {
      var field = FieldBounds(start: position, end: position)
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        let startLine = line
        guard scanQuoted(&field) else { return .openQuote(line: startLine) }
      } else {
        scanPlain(&field)
      }
      fields.append(field)
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    if position < bytes.count { position += lineEndLength }
    line += 1
    return .record
  }

  private mutating func scanPlain(_ field: inout FieldBounds) {
    let span = bytes
    var at = position
    var seen: UInt8 = 0
    while at < span.count {
      let byte = span[at]
      if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      seen |= byte
      at += 1
    }
    field.end = at
    field.isForeign = seen >= 0x80
    position = at
  }

  /// Returns whether the quote closes. What follows it up to the delimiter is taken as it is.
  private mutating func scanQuoted(_ field: inout FieldBounds) -> Bool {
    let span = bytes
    var at = position + 1
    var seen: UInt8 = 0
    field.start = at
    field.isQuoted = true
    while at < span.count {
      let byte = span[at]
      seen |= byte
      at += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "\"") else { continue }
      if at < span.count, span[at] == UInt8(ascii: "\"") {
        field.isEscaped = true
        at += 1
        continue
      }
      field.end = at - 1
      position = at
      if at < span.count, span[at] != delimiter, span[at] != 0x0A, span[at] != 0x0D {
        var rest = FieldBounds(start: at, end: at)
        scanPlain(&rest)
        // The closing quote goes, and doubled ones become single, when the field is copied.
        field.end = rest.end
        field.isEscaped = true
        seen |= rest.isForeign ? 0x80 : 0
      }
      field.isForeign = seen >= 0x80
      return true
    }
    return false
  }

  /// Copies a field, with its doubled quotes single; tells whether it was UTF-8.
  @discardableResult
  private static func append(
    _ field: FieldBounds, of bytes: [UInt8], to out: inout [UInt8]
  ) -> Bool {
    let start = out.count
    if field.isEscaped {
      var at = field.start
      while at < field.end {
        if bytes[at] == UInt8(ascii: "\"") { at += 1 }
        if at < field.end { out.append(bytes[at]) }
        at += 1
      }
    } else {
      out.append(contentsOf: bytes[field.start..<field.end])
    }
    guard field.isForeign, String(validating: out[start...], as: UTF8.self) == nil else {
      return true
    }
    let foreign = Array(out[start...])
    out.removeSubrange(start...)
    for byte in foreign { out.append(contentsOf: Character(Windows1252.scalar(byte)).utf8) }
    return false
  }
}

/// The character set of older Windows programs.
enum Windows1252 {
  /// What 0x80–0x9F stand for; the five that are not assigned are control characters.
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(upper[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }
}
