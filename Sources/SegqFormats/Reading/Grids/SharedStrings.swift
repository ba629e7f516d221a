import SegqBytes

/// The texts that the cells of a workbook point at.
struct SharedStrings: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends: [UInt32] = []

  /// Where a text lies in ``bytes``; nil where there is none of that number.
  @inline(__always)
  func range(_ index: Int) -> Range<Int>? {
    guard ends.indices.contains(index) else { return nil }
    return Int(index == 0 ? 0 : ends[index - 1])..<Int(ends[index])
  }

  static func read(
    _ source: any ByteSource, part: String, isInterrupted: () -> Bool
  ) throws(ReadingFailure) -> SharedStrings {
    let list = List()
    try XMLReader(source, part: part, list).readAll(isInterrupted: isInterrupted)
    guard !list.isDone else {
      throw .noTable(
        reason: "its shared strings take more than 4 GiB", help: "save the sheet as CSV")
    }
    return list.strings
  }

  /// `<si><t>Ann</t></si>`, and rich text `<si><r><t>A</t></r><r><t>nn</t></r></si>`; how a text is
  /// pronounced (`rPh`) is none of it.
  private final class List: XMLConsumer {
    var strings = SharedStrings()
    private(set) var isDone = false
    private var isInText = false
    private var isPhonetic = false
    private var start = 0

    func begin(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == Self.item { start = strings.bytes.count }
      if name == Self.phonetic { isPhonetic = true }
      isInText = name == Self.text && !isPhonetic
    }

    func end(_ name: XMLName) {
      isInText = false
      if name == Self.phonetic { isPhonetic = false }
      guard name == Self.item else { return }
      EscapedCharacters.unescape(&strings.bytes, from: start)
      isDone = strings.bytes.count > Int(UInt32.max)
      strings.ends.append(UInt32(truncatingIfNeeded: strings.bytes.count))
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
      if isInText { unsafe strings.bytes.append(contentsOf: bytes) }
    }

    private static let item: XMLName = "si"
    private static let text: XMLName = "t"
    private static let phonetic: XMLName = "rPh"
  }
}

/// What all sheets of a workbook share.
struct SheetContents: Sendable {
  var strings = SharedStrings()
  var formats: [CellFormat] = []
  var is1904 = false
}

/// `_x000D_`, as workbooks write characters that XML forbids (ECMA-376, 22.9.2.19).
enum EscapedCharacters {
  /// Puts what was meant in place of the escapes behind `start`.
  static func unescape(_ bytes: inout [UInt8], from start: Int) {
    guard bytes.count - start >= 7, bytes[start...].contains(UInt8(ascii: "_")) else { return }
    var (from, to) = (start, start)
    while from < bytes.count {
      if let scalar = escape(bytes[from...].prefix(7)) {
        for byte in String(scalar).utf8 {
          bytes[to] = byte
          to += 1
        }
        from += 7
      } else {
        bytes[to] = bytes[from]
        (from, to) = (from + 1, to + 1)
      }
    }
    bytes.removeSubrange(to...)
  }

  private static func escape(_ text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let start = text.startIndex
    guard text.count == 7, text[start] == UInt8(ascii: "_"), text[start + 1] == UInt8(ascii: "x"),
      text[start + 6] == UInt8(ascii: "_"),
      text[(start + 2)..<(start + 6)].allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x46).contains($0 & 0xDF)
      }),
      let code = UInt32(String(decoding: text[(start + 2)..<(start + 6)], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(code)
  }
}
