// Feeds any bytes to the readers of files. A trap, a hang and memory without bound are findings; so
// are rows that depend on how the file was cut into blocks, and lines that are neither a row, nor a
// bad row, nor reported.
import Glibc
import SegqBytes
import SegqFormats
import SegqRecords
import SegqSystem

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  Fuzzing.run(bytes)
  return 0
}

enum Fuzzing {
  /// Which reader gets the bytes: `text`, `json`, `xml`, `workbook` or `packed`.
  static let reader = String(cString: getenv("SEGQ_FUZZ_READER") ?? strdup("text"))

  static func run(_ bytes: [UInt8]) {
    guard let input = input(bytes) else { return }
    // Blocks so small that a border falls everywhere, and one for all.
    guard let file = try? TableFile(input), let small = try? TableFile(input, blockSize: 7) else {
      return
    }
    precondition(file.sheets.count == small.sheets.count && !file.sheets.isEmpty)
    for (whole, cut) in zip(file.sheets, small.sheets) {
      precondition(!whole.header.isEmpty && whole.header == cut.header)
      compare(whole, cut)
      if reader == "text", file.format == .delimited { account(whole, bytes) }
    }
  }

  private static func input(_ bytes: [UInt8]) -> Input? {
    switch reader {
    case "text": Input(bytes, path: "fuzz.csv")
    case "json": Input(bytes, path: "fuzz.json")
    case "xml": Input(bytes, path: "fuzz.xml")
    case "workbook": Input(path: "fuzz.xlsx", content: .archive(Parts(bytes)))
    default: try? InputSource.unpack(MemorySource(bytes), path: "fuzz.gz") { false }
    }
  }

  private static func read(_ sheet: TableSheet, _ wish: ColumnWish) -> CSVDocument? {
    let reader = sheet.reader(
      columns: sheet.header.map { _ in wish },
      settings: ReadingSettings(dateOrder: nil, zone: .utc))
    return try? reader.read()
  }

  private static func compare(_ whole: TableSheet, _ cut: TableSheet) {
    _ = read(whole, .any)
    let (a, b) = (read(whole, .text), read(cut, .text))
    precondition((a == nil) == (b == nil), "blocks decide whether it can be read")
    guard let a, let b else { return }
    precondition(a.rowCount == b.rowCount, "blocks decide how many rows there are")
    precondition(a.badRows == b.badRows && a.notes == b.notes, "blocks decide which rows are bad")
    for (one, other) in zip(a.columns, b.columns) {
      for row in 0..<a.rowCount {
        precondition(one?.vector[row] == other?.vector[row], "blocks decide what a value is")
      }
    }
    let sample = try? whole.sample(rows: 10)
    precondition(sample?.count == min(10, a.rowCount), "the sample has other rows")
  }

  /// Without quotes and escapes each line that is not blank is a row, a bad row, or reported.
  private static func account(_ sheet: TableSheet, _ bytes: [UInt8]) {
    // Where there is no header, the line of the first row is known only if that is a good one.
    guard sheet.headerLine > 0, !bytes.contains(0x22), !bytes.contains(0x5C),
      !sheet.notes.contains(.utf16),
      let document = read(sheet, .text)
    else { return }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var rest = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
    var (line, records) = (0, 0)
    let first = sheet.headerLine
    while !rest.isEmpty {
      let text = rest.prefix { $0 != 10 && $0 != 13 }
      rest = rest.dropFirst(text.count)
      if rest.starts(with: [13, 10]) { rest = rest.dropFirst() }
      rest = rest.dropFirst()
      line += 1
      if line > first, !text.isEmpty { records += 1 }
    }
    precondition(
      records == document.rowCount + document.badRowCount + document.notes.repeatedHeaders.count,
      "a line was lost")
  }
}

/// The parts of a workbook, one behind the other: sheet, shared strings, styles.
final class Parts: Archive {
  private let files: [String: [UInt8]]

  init(_ bytes: [UInt8]) {
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
    var files: [String: [UInt8]] = [
      "[Content_Types].xml": Array("<Types/>".utf8),
      "_rels/.rels": Self.links([("rId1", "officeDocument", "xl/workbook.xml")]),
      "xl/_rels/workbook.xml.rels": Self.links([
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "sharedStrings", "sharedStrings.xml"), ("rId3", "styles", "styles.xml"),
      ]),
      "xl/workbook.xml": Array(
        "<workbook><sheets><sheet name=\"S\" r:id=\"rId1\"/></sheets></workbook>".utf8),
    ]
    for (name, part) in zip(names, bytes.split(separator: 0x0C, maxSplits: 2)) {
      files[name] = Array(part)
    }
    self.files = files
  }

  private static func links(_ links: [(String, String, String)]) -> [UInt8] {
    let list = links.map { "<Relationship Id=\"\($0)\" Type=\"x/\($1)\" Target=\"\($2)\"/>" }
    return Array("<Relationships>\(list.joined())</Relationships>".utf8)
  }

  var names: [String] { files.keys.sorted() }
  func file(_ name: String) -> (any ByteSource)? { files[name].map { MemorySource($0) } }
  func unpacked(_ name: String) -> Input? { files[name].map { Input($0, path: name) } }
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(runDriver(&count, &arguments, testOneInput))
