public import SegqRecords

/// Turns an answer into bytes: `begin` once, `write` for each batch, `end` once.
///
/// Bytes are appended to the caller's buffer, who may empty it between calls. Writers do no IO and
/// cannot fail; the same writer does not serve a second answer.
public protocol ResultWriter: Sendable {
  /// Whether each batch behind the first is written alike, whatever stood in those before it: copies
  /// of the writer can then write several at the same time.
  var isUniform: Bool { get }

  mutating func begin(_ schema: Schema, to out: inout [UInt8])
  mutating func write(_ batch: RecordBatch, to out: inout [UInt8])
  mutating func end(to out: inout [UInt8])
}

extension Format {
  /// A new writer of this format.
  public func writer(_ options: WriterOptions) -> any ResultWriter {
    switch self {
    case .csv where options.isAsAdmin: AdminCSVWriter(options)
    case .xml where options.isAsAdmin: AdminSheetWriter(options)
    case .csv: DelimitedWriter(delimiter: UInt8(ascii: ","), options)
    case .tsv: DelimitedWriter(delimiter: UInt8(ascii: "\t"), options)
    case .json: JSONWriter(.array, options)
    case .jsonl: JSONWriter(.lines, options)
    case .markdown: MarkdownWriter(options)
    case .table: TableWriter(options)
    case .vertical: VerticalWriter(options)
    case .xml: SpreadsheetXMLWriter(options)
    case .html: HTMLWriter(options)
    case .chart: ChartWriter(options)
    }
  }
}
