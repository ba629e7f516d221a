import SegqBytes
import SegqRecords
import Testing

@testable import SegqFormats

/// A file read whole as texts, for comparing it with what was meant.
struct ReadTable {
  let file: TableFile
  let sheet: TableSheet
  let document: CSVDocument

  init(_ bytes: [UInt8], path: String = "t.csv", sheet: Int = 0) throws {
    try self.init(Input(bytes, path: path), sheet: sheet)
  }

  init(_ text: String, path: String = "t.csv", sheet: Int = 0) throws {
    try self.init(Array(text.utf8), path: path, sheet: sheet)
  }

  init(_ input: Input, sheet: Int = 0, blockSize: Int = TableReader.usualBlockSize) throws {
    file = try TableFile(input, blockSize: blockSize)
    self.sheet = file.sheets[sheet]
    let reader = self.sheet.reader(
      columns: self.sheet.header.map { _ in .text },
      settings: ReadingSettings(dateOrder: nil, zone: .utc))
    document = try reader.read()
  }

  var header: [String] { sheet.header }

  /// Nil for null.
  var rows: [[String?]] {
    (0..<document.rowCount).map { row in
      document.columns.map { column in
        if case .text(let text)? = column?.vector[row] { text } else { nil }
      }
    }
  }

  var lines: [Int] { (0..<document.rowCount).map { document.line(ofRow: $0) } }

  /// Why a file can't be opened or read.
  static func failure(_ text: String, path: String = "t.json") -> ReadingFailure? {
    do {
      _ = try ReadTable(text, path: path)
      return nil
    } catch { return error as? ReadingFailure }
  }
}
