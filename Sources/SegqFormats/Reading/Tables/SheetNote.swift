/// What is to be known of how a sheet was opened, besides its rows.
public enum SheetNote: Sendable, Hashable {
  /// Lines above the header that are no part of the table: `Sales report 2024`.
  case titleLines(count: Int, first: String)
  /// Lines that begin with `#`, above the header.
  case comments(count: Int)
  /// The first row looks like data: the columns are called `column_1`, `column_2` ….
  case noHeader(first: String)
  /// Text in UTF-16 was converted.
  case utf16
  /// Values have backslash escapes, as MySQL and PostgreSQL write them.
  case backslashes
  /// Each row ends with one more delimiter than it needs.
  case trailingDelimiter
  /// A hidden sheet of a workbook.
  case hidden
  /// Parts of a file that are no table: `search_criteria, total_count`.
  case leftOut([String])

  /// One sentence, to be put behind the name of the file.
  public var message: String {
    switch self {
    case .titleLines(let count, let first):
      "\(count) \(count == 1 ? "line" : "lines") above the header skipped: '\(first)'"
    case .comments(let count):
      "\(count) comment \(count == 1 ? "line" : "lines") above the header skipped"
    case .noHeader(let first):
      "no header: the first row is '\(first)', so the columns are column_1, column_2, …"
    case .utf16: "UTF-16 text, converted"
    case .backslashes: "values have backslash escapes, as databases write them"
    case .trailingDelimiter: "each row ends with a delimiter that no column needs"
    case .hidden: "the sheet is hidden in the workbook"
    case .leftOut(let names): "not tables, skipped: \(names.joined(separator: ", "))"
    }
  }

  /// Whether the user should look at it: it may be a mistake of ours.
  public var isDoubt: Bool {
    switch self {
    case .noHeader: true
    case .titleLines, .comments, .utf16, .backslashes, .trailingDelimiter, .hidden, .leftOut: false
    }
  }
}
