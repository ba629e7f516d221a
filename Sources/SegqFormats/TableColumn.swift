import SegqBytes
import SegqRecords

/// What a table knows of a column before it draws: how much room it asks for.
struct TableColumn {
  let header: String
  let headerWidth: Int
  let type: DataType
  let isTickBox: Bool
  /// The widest value; of decimals the widest before the point.
  var valueWidth = 0
  /// What the decimals take from their point on, the point included.
  var fractionWidth = 0

  init(_ field: Field) {
    header = VisibleText.of(field.header)
    headerWidth = DisplayWidth.of(header)
    type = field.type
    isTickBox = field.isTickBox
  }

  /// Numbers stand right; decimals with their points below one another.
  var isRight: Bool { type.isNumeric }
  /// What it takes to show all.
  var width: Int { max(headerWidth, contentWidth) }
  /// What it takes to show every value.
  var contentWidth: Int { valueWidth + fractionWidth }

  /// Takes the values of a batch into account.
  mutating func measure(_ column: ColumnVector, _ cell: inout TerminalCell) {
    var text: [UInt8] = []
    for row in 0..<column.count {
      text.removeAll(keepingCapacity: true)
      cell.append(column, row, isTickBox: isTickBox, to: &text)
      let fraction = fraction(of: text)
      fractionWidth = max(fractionWidth, fraction)
      valueWidth = max(valueWidth, DisplayWidth.of(utf8: text) - fraction)
    }
  }

  /// How much of a value stands from its point on; 0 but for decimals.
  func fraction(of text: [UInt8]) -> Int {
    guard type == .decimal, let point = text.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
    return text.count - point
  }
}
