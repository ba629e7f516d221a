import SegqBytes
import SegqRecords

/// One cell as the terminal's formats show it.
///
/// Null is `–`, so that it is not taken for empty text, which is nothing; a tick box is `[x]` or
/// `[ ]`; control characters are marks.
struct TerminalCell {
  /// What stands for null.
  static let null = "–"

  private var values: ValueText

  init(timeZone: TimeZone) { values = ValueText(timeZone: timeZone) }

  /// Appends the cell of a row.
  mutating func append(
    _ column: ColumnVector, _ row: Int, isTickBox: Bool = false, to out: inout [UInt8]
  ) {
    if column.isNull(row) {
      out += Self.null.utf8
      return
    }
    switch column.storage {
    case .numbers(let numbers) where isTickBox && column.type == .boolean:
      out += (numbers[row] != 0 ? "[x]" : "[ ]").utf8
    case .numbers(let numbers): values.append(numbers[row], as: column.type, to: &out)
    case .texts(let texts): VisibleText.append(texts.bytes[texts.range(row)], to: &out)
    case .coded(let codes, let texts):
      VisibleText.append(texts.bytes[texts.range(Int(codes[row]))], to: &out)
    }
  }
}

/// Bold and dim, where the terminal may use them.
struct TerminalPen {
  let usesColor: Bool

  func bold(_ body: (inout [UInt8]) -> Void, _ out: inout [UInt8]) { draw("1", body, &out) }
  func dim(_ body: (inout [UInt8]) -> Void, _ out: inout [UInt8]) { draw("2", body, &out) }

  /// Colours that both themes show.
  static let colors = ["36", "33", "35", "32", "31", "34"]

  /// In one of ``colors``.
  func color(_ number: Int, _ body: (inout [UInt8]) -> Void, _ out: inout [UInt8]) {
    draw(Self.colors[number % Self.colors.count], body, &out)
  }

  private func draw(_ code: String, _ body: (inout [UInt8]) -> Void, _ out: inout [UInt8]) {
    if usesColor { out += "\u{1b}[\(code)m".utf8 }
    body(&out)
    if usesColor { out += "\u{1b}[0m".utf8 }
  }
}
