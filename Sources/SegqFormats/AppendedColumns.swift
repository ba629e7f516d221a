public import SegqRecords

/// The columns of a file to which rows are added, which must be those of the rows.
public enum AppendedColumns {
  /// Whether rows can follow those of a file of the format.
  public static func canFollow(_ format: Format) -> Bool {
    switch format {
    case .csv, .tsv, .jsonl: true
    case .json, .markdown, .table, .vertical, .xml, .html, .chart: false
    }
  }

  /// As a file says them, of which these are the first bytes: the fields of its first line, or the keys of
  /// its first object. Nil where they can't be read, or stand between other delimiters.
  public static func read(_ head: [UInt8], _ format: Format) -> [String]? {
    switch format {
    case .csv: delimited(head, by: UInt8(ascii: ","))
    case .tsv: delimited(head, by: UInt8(ascii: "\t"))
    case .jsonl: keys(head)
    case .json, .markdown, .table, .vertical, .xml, .html, .chart: nil
    }
  }

  /// As a writer says them of an answer.
  public static func written(
    _ schema: Schema, _ format: Format, by writer: any ResultWriter
  ) -> [String]? {
    guard format != .jsonl else { return JSONWriter.uniqueNames(schema.fields.map(\.name)) }
    var (writer, head) = (writer, [UInt8]())
    writer.begin(schema, to: &head)
    return read(head, format)
  }

  private static func delimited(_ head: [UInt8], by delimiter: UInt8) -> [String]? {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = head.dropFirst(head.starts(with: mark) ? mark.count : 0)
    var parser = RecordParser(text, TextDialect(delimiter: delimiter), isWhole: true)
    return parser.next().map { record in
      record.fields.map { String(decoding: $0 ?? [], as: UTF8.self) }
    }
  }

  private static func keys(_ head: [UInt8]) -> [String]? {
    let line = head.prefix { $0 != UInt8(ascii: "\n") }
    guard let value = try? SerializedValue(String(decoding: line, as: UTF8.self)),
      case .map(let members) = value
    else { return nil }
    return members.map(\.key)
  }
}
