import SegqRecords

/// A cell of SpreadsheetML, whole: `<Cell ss:StyleID="t"><Data ss:Type="String">01310</Data></Cell>`.
///
/// Text is always a string, so that ZIPs and phones stay and nothing is ever a formula. Null is a
/// cell without data. Truth values are the words.
struct SpreadsheetXMLCells: CellStyle {
  /// `<Cell ss:StyleID="d"><Data ss:Type="DateTime">` and what else stands around a number.
  var longestNumber: Int { ValueText.longest + 80 }

  var null: [UInt8] { Array("<Cell/>".utf8) }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    switch type {
    case .integer, .decimal:
      out.append(
        ascii: Self.isExact(number)
          ? #"<Cell><Data ss:Type="Number">"# : #"<Cell ss:StyleID="t"><Data ss:Type="String">"#)
      values.append(number, as: type, to: &out)
    case .boolean:
      // LibreOffice (7.4) shows nothing at all for the type Boolean.
      out.append(ascii: #"<Cell ss:StyleID="t"><Data ss:Type="String">"#)
      out.append(boolean: number != 0)
    case .date: append(day: number, second: nil, to: &out)
    case .datetime:
      let (day, second) = values.local(number)
      append(day: day, second: second, to: &out)
    case .text: preconditionFailure("text is not carried as a number")
    }
    out.append(ascii: "</Data></Cell>")
  }

  /// Whether a spreadsheet keeps all of it: its numbers have 15 digits.
  private static func isExact(_ number: Int64) -> Bool {
    let end: UInt64 = 1_000_000_000_000_000
    var digits = number.magnitude
    while digits >= end, digits % 10 == 0 { digits /= 10 }
    return digits < end
  }

  private func append(day: Int64, second: Int64?, to out: inout OutputSpan<UInt8>) {
    guard Self.daysOfExcel.contains(day) else {
      out.append(ascii: #"<Cell ss:StyleID="t"><Data ss:Type="String">"#)
      out.append(day: day)
      if let second {
        out.append(UInt8(ascii: " "))
        out.append(time: second)
      }
      return
    }
    out.append(ascii: #"<Cell ss:StyleID=""#)
    out.append(UInt8(ascii: second == nil ? "d" : "s"))
    out.append(ascii: #""><Data ss:Type="DateTime">"#)
    out.append(day: day)
    out.append(UInt8(ascii: "T"))
    out.append(time: second ?? 0)
    out.append(ascii: ".000")
  }

  /// 1900-01-01 to 9999-12-31. Excel refuses the whole file for a date outside of it.
  private static let daysOfExcel: ClosedRange<Int64> = -25_567...2_932_896

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    out += #"<Cell ss:StyleID="t"><Data ss:Type="String">"#.utf8
    Self.appendEscaped(text, to: &out)
    out += "</Data></Cell>".utf8
  }

  /// Text between tags or quotes. Blanks at its ends are spelled out, as readers may drop them.
  static func appendEscaped(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let blank = UInt8(ascii: " ")
    let inner = text.drop { $0 == blank }
    let end = inner.lastIndex { $0 != blank }.map { $0 + 1 } ?? inner.startIndex
    for _ in text.startIndex..<inner.startIndex { out += "&#32;".utf8 }
    appendInner(inner[..<end], to: &out)
    for _ in end..<inner.endIndex { out += "&#32;".utf8 }
  }

  private static func appendInner(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    guard text.contains(where: { isSpecial($0) || $0 == 0xef }) else {
      out += text
      return
    }
    var rest = text
    while let byte = rest.first {
      if byte == 0xef,
        rest.starts(with: [0xef, 0xbf, 0xbe]) || rest.starts(with: [0xef, 0xbf, 0xbf])
      {
        out += "\u{fffd}".utf8
        rest = rest.dropFirst(3)
        continue
      }
      if isSpecial(byte) { appendEscape(byte, to: &out) } else { out.append(byte) }
      rest = rest.dropFirst()
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "\"")
  }

  private static func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "&"): out += "&amp;".utf8
    case UInt8(ascii: "<"): out += "&lt;".utf8
    case UInt8(ascii: ">"): out += "&gt;".utf8
    case UInt8(ascii: "\""): out += "&quot;".utf8
    case 0x09: out += "&#9;".utf8
    case 0x0a: out += "&#10;".utf8
    case 0x0d: out += "&#13;".utf8
    default: out += "\u{fffd}".utf8
    }
  }
}
