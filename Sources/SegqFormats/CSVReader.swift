import SegqRecords

/// Reads RFC 4180 and what is met in practice: `,` `;` or tab, LF, CRLF or CR, a byte order mark,
/// blank lines, line ends inside quotes, no line end at the end.
public struct CSVReader {
  private let bytes: [UInt8]
  private let delimiter: UInt8
  private var place: CSVScanner.Place
  /// The fields of the records that were scanned and not copied yet.
  private var fields: [CSVScanner.Field] = []
  private var lines: [Int] = []
  private var document = CSVDocument()

  /// So many records are scanned before their fields are copied, a column at a time.
  private static let recordsAtOnce = 2048

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
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    place = CSVScanner.Place(position: start, line: 1)
    delimiter = CSVScanner.delimiter(of: bytes[start...])
  }

  private mutating func read() -> CSVDocument {
    readHeader()
    document.columns = document.header.map { _ in CSVDocument.RawColumn() }
    reserve()
    while scanRecord() {
      if lines.count == Self.recordsAtOnce { copyFields() }
    }
    copyFields()
    return document
  }

  private mutating func readHeader() {
    let bytes = bytes
    guard case .record = CSVScanner.scan(bytes.span, delimiter, &place, &fields) else { return }
    document.header = fields.map { field in
      var text: [UInt8] = []
      CSVScanner.append(field, of: bytes, to: &text)
      return String(decoding: FormulaGuard.unguard(text[...]), as: UTF8.self)
    }
    fields.removeAll(keepingCapacity: true)
  }

  /// Makes room by the length of the first lines.
  private mutating func reserve() {
    let sample = bytes[place.position...].prefix(65_536)
    let lines = max(1, sample.count { $0 == UInt8(ascii: "\n") })
    let rows = (bytes.count - place.position) / max(1, sample.count / lines)
    for i in document.columns.indices {
      document.columns[i].texts.offsets.reserveCapacity(rows + rows / 16)
    }
  }

  /// Scans the next record; false at the end.
  private mutating func scanRecord() -> Bool {
    let bytes = bytes
    let start = place
    let first = fields.count
    switch CSVScanner.scan(bytes.span, delimiter, &place, &fields) {
    case .endOfText: return false
    case .openQuote(let line):
      fields.removeSubrange(first...)
      place = start
      CSVScanner.skipLine(bytes.span, &place)
      bad("a quote that opens in line \(line) does not close", at: start.line)
    case .record:
      let count = fields.count - first
      if count == document.columns.count, count > 1 || !fields[first].isBlank {
        lines.append(start.line)
        return true
      }
      // Only a line that holds nothing at all is blank.
      let isBlank = count == 1 && fields[first].isBlank
      fields.removeSubrange(first...)
      guard !isBlank else { return true }
      let noun = count == 1 ? "field" : "fields"
      bad("\(count) \(noun) where the header has \(document.columns.count)", at: start.line)
    }
    return true
  }

  private mutating func bad(_ reason: String, at line: Int) {
    document.badRows.append(CSVDocument.BadRow(line: line, reason: reason))
  }

  /// Copies the scanned fields to their columns.
  private mutating func copyFields() {
    for (i, line) in lines.enumerated() { document.note(line: line, ofRow: document.rowCount + i) }
    document.rowCount += lines.count
    for column in document.columns.indices {
      // Taken out while it grows: what is shared would be copied.
      var raw = document.columns[column]
      document.columns[column] = CSVDocument.RawColumn()
      copy(column, to: &raw)
      document.columns[column] = raw
    }
    fields.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
  }

  private mutating func copy(_ column: Int, to raw: inout CSVDocument.RawColumn) {
    let width = document.columns.count
    for row in lines.indices {
      let field = fields[row * width + column]
      if !field.isQuoted, field.start == field.end || field.isNullMark(bytes) {
        raw.nulls.append(true)
        raw.texts.endText()
        continue
      }
      raw.nulls.append(false)
      if !field.isEscaped, !field.isForeign {
        raw.texts.append(bytes[field.start..<field.end])
        continue
      }
      if !CSVScanner.append(field, of: bytes, to: &raw.texts.bytes) {
        if document.foreignValues == 0 { document.firstForeignLine = lines[row] }
        document.foreignValues += 1
      }
      raw.texts.endText()
    }
  }
}
