/// A piece of program text and where it came from.
public struct SourceText: Sendable {
  /// As messages begin: a path, `-c` or `<stdin>`.
  public let name: String
  public let bytes: [UInt8]
  /// The line number of the first line, where the text is part of a longer one.
  public let firstLine: Int
  /// The places that include this text, innermost first: `report.segq:3`
  public var includers: [String] = []
  private let lines = LineIndex()

  public init(_ text: String, name: String, firstLine: Int = 1) {
    self.init(bytes: Array(text.utf8), name: name, firstLine: firstLine)
  }

  public init(bytes: [UInt8], name: String, firstLine: Int = 1) {
    self.bytes = bytes
    self.name = name
    self.firstLine = firstLine
  }

  public subscript(span: SourceSpan) -> String {
    String(decoding: bytes[span.range], as: UTF8.self)
  }

  /// The span without blanks and tabs at both ends.
  func trimmed(_ span: SourceSpan) -> SourceSpan {
    func isBlank(_ offset: Int) -> Bool { bytes[offset] == 0x20 || bytes[offset] == 9 }
    var (start, end) = (span.start, span.end)
    while start < end, isBlank(start) { start += 1 }
    while end > start, isBlank(end - 1) { end -= 1 }
    return SourceSpan(start, end)
  }

  /// The token behind a span, such as the operator behind its left side.
  public func token(behind span: SourceSpan) -> SourceSpan {
    var lexer = Lexer(self)
    lexer.move(to: span.end)
    return lexer.next().span
  }

  /// What touches the span, up to blanks, quotes, brackets and the like: `ann@example.com`
  func piece(around span: SourceSpan) -> SourceSpan {
    func ends(_ byte: UInt8) -> Bool { byte <= 0x20 || "'\"`=<>(){}[],;|".utf8.contains(byte) }
    var (start, end) = (span.start, span.end)
    while start > 0, !ends(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, !ends(bytes[end]) { end += 1 }
    return SourceSpan(start, end)
  }

  /// Line and column of an offset, both from 1, the column in characters.
  ///
  /// O(log n) and the line, but O(n) in the text for the first who asks.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let start = lineStart(before: offset)
    return (line(of: offset), String(decoding: bytes[min(start, offset)..<offset], as: UTF8.self).count + 1)
  }

  /// The line of an offset, from 1. O(log n) for all but the first who asks.
  public func line(of offset: Int) -> Int {
    firstLine
      + lines.line(at: offset) { bytes.indices.filter { endsLine($0) }.map { $0 + 1 } }
  }

  /// The first line that is not UTF-8, from its first byte above ASCII; empty where all is.
  var firstForeignBytes: SourceSpan {
    var start = 0
    while start < bytes.count {
      let line = lineRange(at: start)
      if String(validating: bytes[line], as: UTF8.self) == nil {
        let first = bytes[line].firstIndex { $0 >= 0x80 } ?? line.lowerBound
        return SourceSpan(first, line.upperBound)
      }
      start = max(line.upperBound, start) + 1
    }
    return SourceSpan(bytes.count, bytes.count)
  }

  /// The bytes of the line that holds the offset, without its end.
  public func lineRange(at offset: Int) -> Range<Int> {
    let start = lineStart(before: offset)
    let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    return start..<(end ?? bytes.count)
  }

  private func lineStart(before offset: Int) -> Int {
    if let end = bytes[..<offset].indices.last(where: { endsLine($0) }) { return end + 1 }
    // Editors neither show nor count a byte order mark.
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Whether a line ends with the byte there: LF, CR LF or a CR alone.
  func endsLine(_ offset: Int) -> Bool {
    switch bytes[offset] {
    case UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n")
    default: false
    }
  }
}

/// A piece of a ``SourceText``, in bytes.
///
/// All spans are equal: trees are, when they say the same, wherever they stand.
public struct SourceSpan: Sendable, Hashable {
  public var start: Int
  public var end: Int

  public static func == (a: SourceSpan, b: SourceSpan) -> Bool { true }
  public func hash(into hasher: inout Hasher) {}

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  public var range: Range<Int> { start..<end }

  /// From the start of this to the end of `other`.
  public func through(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }
}
