/// A file that is not read, told by how it begins.
public enum ForeignFile: String, Sendable, CaseIterable {
  case xml = "XML, but not a spreadsheet"
  case html = "HTML"
  case oldWorkbook = "an Excel file from before 2007, or one with a password"
  case binaryWorkbook = "a binary Excel workbook (.xlsb)"
  case openDocument = "an OpenDocument file"
  case database = "an SQLite database"
  case parquet = "a Parquet file"
  case pdf = "a PDF file"
  case bzip2 = "compressed with bzip2"
  case xz = "compressed with xz"
  case sevenZip = "a 7-Zip archive"
  case binary = "not text: it has bytes of zero"

  private static let magics: [(bytes: [UInt8], kind: ForeignFile)] = [
    ([0xD0, 0xCF, 0x11, 0xE0], .oldWorkbook), (Array("SQLite format 3".utf8), .database),
    (Array("PAR1".utf8), .parquet), (Array("%PDF-".utf8), .pdf), (Array("BZh".utf8), .bzip2),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .xz), ([0x37, 0x7A, 0xBC, 0xAF], .sevenZip),
  ]

  /// Nil where it may be delimited text.
  init?(head: [UInt8]) {
    if let magic = Self.magics.first(where: { head.starts(with: $0.bytes) }) {
      self = magic.kind
    } else if head.prefix(512).contains(0) {
      self = .binary
    } else {
      return nil
    }
  }

  /// The way out.
  public var help: String {
    switch self {
    case .xml, .html, .oldWorkbook, .binaryWorkbook, .openDocument:
      "open it in Excel or LibreOffice and save it as .xlsx or CSV"
    case .database: "write its tables as CSV: sqlite3 -header -csv FILE 'select * from TABLE'"
    case .parquet: "write it as CSV, with DuckDB for example: copy 'FILE' to 'FILE.csv'"
    case .pdf: "export the data as CSV, Excel or JSON where the PDF came from"
    case .bzip2: "pipe it: load <(bunzip2 -c FILE)"
    case .xz: "pipe it: load <(xz -dc FILE)"
    case .sevenZip: "unpack it first, and load what was in it"
    case .binary: "export the data as CSV, Excel or JSON"
    }
  }
}
