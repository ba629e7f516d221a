import Foundation
import SegqFormats
import SegqRecords
import Testing

typealias Zone = SegqRecords.TimeZone

/// An answer in a test: columns by header, type and values.
struct Answer {
  var fields: [Field] = []
  var columns: [[Value]] = []

  /// The first `keys` columns are keys of groups.
  init(_ columns: [(String, DataType, [Value])], keys: Int = 0) {
    for (place, (header, type, values)) in columns.enumerated() {
      let name = header.lowercased().replacing(" ", with: "_")
      var field = Field(name: name, header: header, type: type)
      field.isKey = place < keys
      fields.append(field)
      self.columns.append(values)
    }
  }

  /// One column of texts.
  init(texts: [String]) { self.init([("Text", .text, texts.map(Value.text))]) }

  var schema: Schema { Schema(fields) }
  var rowCount: Int { columns.first?.count ?? 0 }

  func batch(_ rows: Range<Int>) -> RecordBatch {
    RecordBatch(
      columns: zip(fields, columns).map { ColumnVector($1[rows], type: $0.type) },
      rowCount: rows.count)
  }

  /// What the format writes, for batches of `size` rows.
  func written(
    as format: Format, _ options: WriterOptions = WriterOptions(), batchSize: Int = 3
  ) -> String {
    var writer = format.writer(options)
    return written(by: &writer, batchSize: batchSize)
  }

  func written(by writer: inout any ResultWriter, batchSize: Int = 3) -> String {
    var out: [UInt8] = []
    var all: [UInt8] = []
    writer.begin(schema, to: &out)
    for start in stride(from: 0, to: rowCount, by: batchSize) {
      // The caller may take the bytes away between calls.
      all += out
      out = []
      writer.write(batch(start..<min(start + batchSize, rowCount)), to: &out)
    }
    writer.end(to: &out)
    return String(decoding: all + out, as: UTF8.self)
  }

  static let nastyTexts = [
    "", " ", "  two  ", "plain", "comma, here", "\"", "\"quoted\"", "a\"\"b", "line\nbreak",
    "cr\rlf\r\n",
    "\n", "tab\there", "NULL", "null", #"\N"#, #"back\slash"#, #"\"#, "pipe | pipe", "<b>&amp;</b>",
    "]]>", "--", "=1+1", "'", "日本語", "👩‍👩‍👧 family", "e\u{301}", "\u{feff}bom", "\u{2028}sep",
    "O'Brien & Söhne", "ends with space ", "\u{fffd}", "01310", "+49 170 123", "*bold* `code`", ",",
    ";",
  ]
}

/// Answers of Python's own readers, which know nothing of segq.
enum Python {
  /// The JSON that the script prints, when the text is `data` (bytes) to it.
  static func read(_ text: String, _ script: String) throws -> Any {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "data")
    try Data(text.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", prelude + script, file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try JSONSerialization.jsonObject(with: output, options: .fragmentsAllowed)
  }

  static func rows(_ text: String, _ script: String) throws -> [[String]] {
    try #require(read(text, script) as? [[String]])
  }

  private static let prelude = """
    import csv, io, json, sys
    import xml.etree.ElementTree as tree
    data = open(sys.argv[1], 'rb').read()
    def say(value): print(json.dumps(value))

    """
}
