import SegqBytes

/// Reads the rows of a worksheet of a workbook.
///
/// ```xml
/// <row r="2"><c r="A2" t="s"><v>7</v></c><c r="C2" s="3"><v>45322</v></c></row>
/// ```
final class WorksheetScanner: GridScanner, XMLConsumer, @unchecked Sendable {
  private let contents: SheetContents
  private let consumer: any GridConsumer
  private var reader: XMLReader?
  private(set) var isDone = false

  private let row = GridRow()
  private var nextRow = 1
  private var nextColumn = 0
  private var isInRow = false

  private var column = 0
  private var type = CellType.number
  private var format = CellFormat.number
  private var value: [UInt8] = []
  private var hasValue = false
  private var isInText = false
  private var isInline = false
  private var isPhonetic = false

  private enum CellType {
    case number, shared, text, boolean, error, date
  }

  init(
    _ source: any ByteSource, part: String, _ contents: SheetContents,
    _ consumer: any GridConsumer
  ) {
    self.contents = contents
    self.consumer = consumer
    reader = XMLReader(source, part: part, self)
  }

  func advance() throws(ReadingFailure) -> Bool { try reader?.advance() ?? false }

  func begin(_ name: XMLName, _ attributes: XMLAttributes) {
    guard !isDone else { return }
    if name == Self.cell {
      beginCell(attributes)
    } else if name == Self.value || name == Self.text {
      isInText = name == Self.value || isInline && !isPhonetic
      if isInText { hasValue = true }
    } else if name == Self.row {
      beginRow(attributes)
    } else if name == Self.inline {
      isInline = true
    } else if name == Self.phonetic {
      isPhonetic = true
    }
  }

  func end(_ name: XMLName) {
    isInText = false
    guard !isDone else { return }
    if name == Self.cell {
      endCell()
    } else if name == Self.row {
      endRow()
    } else if name == Self.inline {
      isInline = false
    } else if name == Self.phonetic {
      isPhonetic = false
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isInText { unsafe value.append(contentsOf: bytes) }
  }

  private func beginRow(_ attributes: XMLAttributes) {
    if let number = attributes[Self.reference]?.integer, number > 0 { nextRow = number }
    row.begin(number: nextRow)
    nextRow += 1
    nextColumn = 0
    isInRow = true
  }

  private func beginCell(_ attributes: XMLAttributes) {
    value.removeAll(keepingCapacity: true)
    (hasValue, type, format, column) = (false, .number, .number, nextColumn)
    attributes.forEach { name, text in
      if name == Self.reference {
        if let cell = text.cell { column = cell.column }
      } else if name == Self.style {
        if let index = text.integer, contents.formats.indices.contains(index) {
          format = contents.formats[index]
        }
      } else if name == Self.type {
        type = Self.cellType(text)
      }
    }
  }

  private static func cellType(_ text: XMLValue) -> CellType {
    switch text.first {
    case UInt8(ascii: "s"): text.isEqual("s") ? .shared : .text
    case UInt8(ascii: "i"): .text
    case UInt8(ascii: "b"): .boolean
    case UInt8(ascii: "e"): .error
    case UInt8(ascii: "d"): .date
    default: .number
    }
  }

  private func endCell() {
    nextColumn = column + 1
    guard isInRow, hasValue, column < mostGridColumns else { return }
    switch type {
    case .number: addNumber()
    case .shared: addShared()
    case .text:
      EscapedCharacters.unescape(&value, from: 0)
      row.add(column: column, value[...])
    case .boolean: row.add(column: column, Self.boolean(value)[...])
    case .date: row.add(column: column, SpreadsheetMLScanner.dateTime(value)[...])
    case .error: addError()
    }
  }

  private func addError() {
    row.add(column: column, [])
    row.errorCount += 1
  }

  private func addShared() {
    guard let index = Self.index(value), let range = contents.strings.range(index) else {
      return addError()
    }
    row.add(column: column, contents.strings.bytes[range])
  }

  private func addNumber() {
    switch format {
    case .number:
      row.add(column: column, Self.isPlain(value) ? value[...] : CellNumber.plain(value[...])[...])
    case .date:
      let text = SerialDate.text(value[...], is1904: contents.is1904)
      row.add(column: column, (text ?? CellNumber.plain(value[...]))[...])
    case .digits(let count):
      let text = CellNumber.plain(value[...])
      let isWhole = text.allSatisfy { (0x30...0x39).contains($0) }
      let zeros = isWhole ? max(0, count - text.count) : 0
      row.add(column: column, ([UInt8](repeating: 0x30, count: zeros) + text)[...])
    }
  }

  private func endRow() {
    guard isInRow else { return }
    isInRow = false
    row.finish()
    if !consumer.take(row) { isDone = true }
  }

  private static func boolean(_ text: [UInt8]) -> [UInt8] {
    switch text {
    case [UInt8(ascii: "1")]: Array("true".utf8)
    case [UInt8(ascii: "0")]: Array("false".utf8)
    default: text
    }
  }

  private static func index(_ text: [UInt8]) -> Int? {
    guard (1...9).contains(text.count) else { return nil }
    var value = 0
    for byte in text {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value &* 10 &+ Int(byte &- 0x30)
    }
    return value
  }

  /// Whether a number is as people expect it: whole, or of few digits without zeros at the end.
  private static func isPlain(_ text: [UInt8]) -> Bool {
    var (digits, hasPoint) = (0, false)
    for byte in text {
      switch byte {
      case 0x30...0x39: digits &+= 1
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "-"): break
      default: return false
      }
    }
    guard hasPoint else { return true }
    return digits <= 15 && text[text.count - 1] != UInt8(ascii: "0") && text[0] != UInt8(ascii: ".")
      && text[text.count - 1] != UInt8(ascii: ".")
  }

  private static let row: XMLName = "row"
  private static let cell: XMLName = "c"
  private static let value: XMLName = "v"
  private static let text: XMLName = "t"
  private static let inline: XMLName = "is"
  private static let phonetic: XMLName = "rPh"
  private static let reference: XMLName = "r"
  private static let style: XMLName = "s"
  private static let type: XMLName = "t"
}
