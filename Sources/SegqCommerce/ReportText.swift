import SegqFormats
public import SegqRecords

/// Text as it stands in the files of the report: `O&#039;Brien`, `AT&amp;T`.
public enum ReportText {
  /// The first line of the Admin's own export. segq's has no quotes in it: that is how they are told
  /// apart.
  private static let firstLine =
    #"ID,Name,Email,Group,Phone,ZIP,Country,State/Province,"Customer Since""#

  /// Whether a file that begins so is the Admin's export of the drill-down, or just like it.
  public static func isIn(_ head: [UInt8]) -> Bool {
    // A spreadsheet puts a mark before it.
    let head = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    let rest = head.dropFirst(Self.firstLine.utf8.count)
    return head.starts(with: Self.firstLine.utf8)
      && (rest.isEmpty || rest.first == UInt8(ascii: "\n") || rest.first == UInt8(ascii: "\r"))
  }

  /// What was meant: HTML is taken off, and the blank before what a spreadsheet might run.
  ///
  /// Texts that change are no longer coded, as two of a dictionary may have become the same.
  public static func restored(_ column: ColumnVector) -> ColumnVector {
    switch column.storage {
    case .numbers: return column
    case .texts(let texts), .coded(_, let texts):
      guard (0..<texts.count).contains(where: { isMarked(texts.bytes[texts.range($0)]) }) else {
        return column
      }
    }
    return column.decoded.rewritten { text, out in
      appendMeant(AdminGuard.unguard(text), to: &out)
    }
  }

  private static func isMarked(_ text: ArraySlice<UInt8>) -> Bool {
    text.contains(UInt8(ascii: "&")) || AdminGuard.unguard(text).count < text.count
  }

  /// Writes text as HTML; what is written so already stays, as in the Admin.
  static func append(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    guard text.contains(where: { entity(of: $0) != nil }) else {
      out += text
      return
    }
    for i in text.indices {
      if let entity = entity(of: text[i]), reference(text[i...]) == nil {
        out += entity.utf8
      } else {
        out.append(text[i])
      }
    }
  }

  private static func appendMeant(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var rest = text
    while let byte = rest.first {
      let reference = reference(rest)
      if let reference, let meant = meaning.first(where: { reference.elementsEqual($0.0.utf8) }) {
        out.append(meant.1)
        rest = rest.dropFirst(reference.count)
      } else {
        out.append(byte)
        rest = rest.dropFirst()
      }
    }
  }

  private static let meaning: [(String, UInt8)] =
    [
      ("&amp;", UInt8(ascii: "&")), ("&lt;", UInt8(ascii: "<")), ("&gt;", UInt8(ascii: ">")),
      ("&quot;", UInt8(ascii: "\"")), ("&#039;", UInt8(ascii: "'")), ("&#39;", UInt8(ascii: "'")),
    ]

  private static func entity(of byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#039;"
    default: nil
    }
  }

  /// `&amp;`, `&#039;` or `&eacute;` at the beginning of a text.
  private static func reference(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.first == UInt8(ascii: "&") else { return nil }
    let inner = text.dropFirst().prefix(10)
    guard let end = inner.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    var name = inner[..<end]
    if name.first == UInt8(ascii: "#") { name = name.dropFirst() }
    let isName = name.allSatisfy { byte in
      (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
        || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
    return isName && !name.isEmpty ? text[text.startIndex...end] : nil
  }
}
