/// How a file of delimited text is laid out: its dialect, its header, and where its rows begin.
struct DelimitedLayout: Sendable {
  var dialect: TextDialect
  var header: [String]
  /// The header as it stands in the file, by which one that comes again is told; empty where there
  /// is none.
  var headerBytes: [UInt8] = []
  /// Its fields, for the dialects that do not compare bytes.
  var headerFields: [[UInt8]?] = []
  /// From 1; 0 where there is no header.
  var headerLine = 0
  /// Where the first row begins, and its line.
  var dataOffset = 0
  var dataLine = 1
  var notes: [SheetNote] = []

  var width: Int { header.count }

  func isHeader(_ fields: ArraySlice<[UInt8]?>) -> Bool {
    headerLine > 0 && width > 1 && fields.elementsEqual(headerFields)
  }

  /// The header is the first record, whatever it looks like, and the delimiter is given.
  init(firstRecordOf bytes: [UInt8], _ dialect: TextDialect) {
    let start = bytes.starts(with: ByteOrderMark.utf8) ? 3 : 0
    var parser = RecordParser(bytes[start...], dialect, isWhole: true)
    guard let record = parser.next() else {
      self.init(dialect, firstRow: RecordParser.Record(), width: 0)
      header = []
      return
    }
    self.init(dialect, headerRecord: record, width: record.fields.count, bytes[...])
  }

  init(
    _ dialect: TextDialect, headerRecord record: RecordParser.Record, width: Int,
    _ bytes: ArraySlice<UInt8>
  ) {
    self.dialect = dialect
    headerFields = Array(record.fields.prefix(width))
    header = headerFields.map(Self.name)
    headerBytes = Array(bytes[record.start..<record.ends[width - 1]])
    headerLine = record.line
    dataOffset = record.next
    dataLine = record.line + bytes[record.start..<record.next].lineCount
  }

  /// No header: the columns are numbered.
  init(_ dialect: TextDialect, firstRow record: RecordParser.Record, width: Int) {
    self.dialect = dialect
    header = (1...max(1, width)).map { "column_\($0)" }
    dataOffset = record.start
    dataLine = record.line
  }

  private static func name(_ field: [UInt8]?) -> String {
    guard let field else { return "" }
    guard let text = String(validating: field, as: UTF8.self) else {
      return String(String.UnicodeScalarView(field.map(Windows1252.scalar)))
    }
    return String(decoding: FormulaGuard.unguard(Array(text.utf8)[...]), as: UTF8.self)
  }
}

enum ByteOrderMark {
  static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
  static let utf16LittleEndian: [UInt8] = [0xFF, 0xFE]
  static let utf16BigEndian: [UInt8] = [0xFE, 0xFF]
}

extension ArraySlice<UInt8> {
  /// How many line ends there are: LF, CRLF, or CR.
  fileprivate var lineCount: Int {
    var count = 0
    for i in indices {
      if self[i] == UInt8(ascii: "\n") { count += 1 }
      if self[i] == UInt8(ascii: "\r"), i + 1 == endIndex || self[i + 1] != UInt8(ascii: "\n") {
        count += 1
      }
    }
    return count
  }
}
