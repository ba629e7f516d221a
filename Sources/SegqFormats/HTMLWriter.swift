import SegqBytes
import SegqRecords

/// A page that stands by itself: no other file, no script, nothing fetched.
///
/// ```
/// <tr><td>7<td>Jane<td class=null>
/// ```
/// Numbers stand right. Null is a dash that the style draws, so that it is neither text nor copied;
/// empty text is an empty cell. A row has a line.
struct HTMLWriter: ResultWriter {
  var isUniform: Bool { true }

  private let options: WriterOptions
  private var encoder: RowEncoder<HTMLCells>

  init(_ options: WriterOptions) {
    self.options = options
    encoder = RowEncoder(
      style: HTMLCells(), rows: RowAssembler(start: "<tr>", leads: [], end: "\n"),
      timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    encoder.rows.leads = schema.fields.map { _ in [] }
    out += "<!DOCTYPE html>\n<html>\n<meta charset=utf-8>\n<title>".utf8
    let title = options.title.isEmpty ? "segq" : options.title
    HTMLCells.appendEscaped(Array(title.utf8)[...], to: &out)
    out += "</title>\n\(Self.style(schema))<table>\n".utf8
    guard options.showsHeader else { return }
    out += "<thead>\n<tr>".utf8
    for field in schema.fields {
      out += "<th>".utf8
      HTMLCells.appendEscaped(Array(field.header.utf8)[...], to: &out)
    }
    out += "\n<tbody>\n".utf8
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    encoder.append(batch, rows: 0..<batch.rowCount, to: &out)
  }

  mutating func end(to out: inout [UInt8]) { out += "</table>\n".utf8 }

  /// The columns of numbers by their place, so that no cell has to say so itself.
  private static func style(_ schema: Schema) -> String {
    let numbers = schema.fields.indices.filter { schema.fields[$0].type.isNumeric }
    let selectors = numbers.map { ":nth-child(\($0 + 1))" }.joined(separator: ",")
    let right =
      numbers.isEmpty
      ? "" : "tr>:is(\(selectors)){text-align:right;font-variant-numeric:tabular-nums}\n"
    return """
      <style>
      body{font:14px/1.4 system-ui,sans-serif;margin:2em;color-scheme:light dark}
      table{border-collapse:collapse}
      th,td{padding:.25em .75em;border-bottom:1px solid #8884;text-align:left;vertical-align:top;\
      white-space:pre-wrap}
      thead th{position:sticky;top:0;background:Canvas;border-bottom:2px solid #888}
      .null::before{content:"–";opacity:.5}
      \(right)</style>

      """
  }
}

/// A cell of a page: `<td>Jane`, which the next one ends.
struct HTMLCells: CellStyle {
  var longestNumber: Int { ValueText.longest + 4 }

  var null: [UInt8] { Array("<td class=null>".utf8) }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    out.append(ascii: "<td>")
    values.append(number, as: type, to: &out)
  }

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    out += "<td>".utf8
    Self.appendEscaped(text, to: &out)
  }

  /// Line breaks and tabs stay, which the page shows as such; other control characters show as
  /// ``VisibleText`` has them.
  static func appendEscaped(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var start = text.startIndex
    func appendVisible(_ part: ArraySlice<UInt8>, to out: inout [UInt8]) {
      var shown: [UInt8] = []
      VisibleText.append(part, to: &shown)
      out += shown
    }
    for i in text.indices {
      let written: String
      switch text[i] {
      case UInt8(ascii: "&"): written = "&amp;"
      case UInt8(ascii: "<"): written = "&lt;"
      case UInt8(ascii: ">"): written = "&gt;"
      case UInt8(ascii: "\n"): written = "&#10;"
      case UInt8(ascii: "\r"): written = "&#13;"
      case UInt8(ascii: "\t"): written = "&#9;"
      default: continue
      }
      appendVisible(text[start..<i], to: &out)
      out += written.utf8
      start = i + 1
    }
    appendVisible(text[start...], to: &out)
  }
}
