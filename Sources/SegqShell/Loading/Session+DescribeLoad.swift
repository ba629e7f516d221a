import SegqCommerce
import SegqEngine
import SegqPlanner
import SegqRecords
import SegqLanguage

// `describe load`: what became of each file.
extension Session {
  /// A row a file: what it was taken for and why, how many of its rows are linked, and what was skipped.
  /// Tables that wait are read first, so that nothing is left to find out.
  func describeLoad() throws(ShellError) {
    for table in catalog.waitingTables.map(\.shape.name) {
      _ = try planned { () throws(Diagnostic) in try catalog.table(table) }
    }
    let rows = catalog.files.map { file -> [Value] in
      [
        .text(file.file), file.table.map { .text($0) } ?? .null, .text(file.reason),
        .count(file.rows), .count(file.linked), .count(file.unlinked),
        .count(file.rows.map { _ in file.skipped }),
        file.notes.isEmpty ? .null : .text(file.notes.joined(separator: "; ")),
      ]
    }
    let names: [(String, DataType)] = [
      ("file", .text), ("table", .text), ("reason", .text), ("rows", .integer),
      ("linked", .integer), ("unlinked", .integer), ("skipped", .integer), ("notes", .text),
    ]
    let schema = Schema(names.map { Field(name: $0.0, header: $0.0, type: $0.1) })
    try deliver(try run(.rows(rows, schema)), to: Output())
  }
}

extension Value {
  fileprivate static func count(_ count: Int?) -> Value {
    count.map { .integer(Int64($0)) } ?? .null
  }
}
