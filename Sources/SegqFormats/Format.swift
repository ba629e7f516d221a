public import SegqBytes

/// A way to write an answer: `as json`, `to 'report.csv'`.
public enum Format: String, Sendable, CaseIterable {
  case csv
  case tsv
  /// One array of objects, on one line.
  case json
  /// An object a line.
  case jsonl
  /// A table as GitHub reads it.
  case markdown
  /// A table for a terminal.
  case table
  /// A line a value, for rows that are wider than a terminal.
  case vertical
  /// SpreadsheetML 2003, which spreadsheets open.
  case xml
  /// A page for a browser.
  case html
  /// Bars, or a line over dates.
  case chart
}

extension Format {
  /// What a file of this format ends in, without the dot: `md`.
  public var fileExtension: String {
    switch self {
    case .csv, .tsv, .json, .jsonl, .xml, .html: rawValue
    case .markdown: "md"
    case .table, .vertical, .chart: "txt"
    }
  }

  /// What it is, in a few words.
  public var summary: String {
    switch self {
    case .csv: "values between commas"
    case .tsv: "values between tabs"
    case .json: "one array of objects"
    case .jsonl: "an object a line"
    case .markdown: "a table as GitHub reads it"
    case .table: "a table for a terminal"
    case .vertical: "a line a value"
    case .xml: "a sheet for spreadsheets"
    case .html: "a page for a browser"
    case .chart: "bars, or a line over dates"
    }
  }

  /// The format of a file by its ending, in any case: `CSV`, `md`, `ndjson`; nil where none fits.
  public init?(fileExtension: String) {
    switch fileExtension.lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "md", "markdown": self = .markdown
    case "txt": self = .table
    case "xml": self = .xml
    case "html", "htm": self = .html
    default: return nil
    }
  }
}

extension Format {
  /// What a terminal gets of it. Formats for terminals have marked what is in the data.
  public var screenText: ScreenText {
    switch self {
    case .table, .vertical, .chart: .styled
    case .json, .jsonl: .json
    case .xml, .html: .xml
    case .csv, .tsv, .markdown: .plain
    }
  }
}
