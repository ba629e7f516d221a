/// A file that is no delimited text, told by how it begins.
public enum ForeignFile: String, Sendable, CaseIterable {
  case utf16 = "UTF-16"
  case xml = "XML"
  case html = "HTML"
  case json = "JSON"
  case zip = "a zip file (an Excel workbook is one)"
  case gzip = "compressed (gzip)"
  case database = "an SQLite database"

  /// Nil where it may be delimited text.
  public init?(head: [UInt8]) {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
      || Self.hasEmptyHalves(head)
    {
      self = .utf16
    } else if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .zip
    } else if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: Array("SQLite format 3".utf8)) {
      self = .database
    } else if let kind = Self.markup(head) {
      self = kind
    } else {
      return nil
    }
  }

  /// UTF-16 without a mark: of the first letters every other byte is 0.
  private static func hasEmptyHalves(_ head: [UInt8]) -> Bool {
    guard head.count >= 4 else { return false }
    let isEmpty = head[..<4].map { $0 == 0 }
    return isEmpty == [false, true, false, true] || isEmpty == [true, false, true, false]
  }

  private static func markup(_ head: [UInt8]) -> ForeignFile? {
    let text = head.dropFirst(head.starts(with: CSVDialect.byteOrderMark) ? 3 : 0)
    let words = text.filter { !" \t\r\n".utf8.contains($0) }.prefix(16)
    let begin = String(decoding: words, as: UTF8.self).lowercased()
    for mark in ["<!doctypehtml", "<html", "<table"] where begin.hasPrefix(mark) { return .html }
    if begin.hasPrefix("<") { return .xml }
    let isJSON = ["{\"", "{}", "[{", "[[", "[]"].contains { begin.hasPrefix($0) }
    return isJSON ? .json : nil
  }

  /// The way out.
  public var help: String {
    switch self {
    case .utf16: "save it as UTF-8: in Excel as 'CSV UTF-8', not as 'Unicode Text'"
    case .xml, .html, .zip: "open it in Excel or LibreOffice and save it as CSV, in UTF-8"
    case .json: "what wrote it may write CSV too, as segq does: as csv"
    case .gzip: "unpack it first: gunzip"
    case .database: "write its tables as CSV: sqlite3 -header -csv FILE 'select * from TABLE'"
    }
  }
}
