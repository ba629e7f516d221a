/// Decides how a file of delimited text is written, by its first lines.
///
/// Every delimiter is tried on the same lines; the one wins by which the most of them have the same
/// number of fields, from the header on. The header alone would say little: `Name;Price` and
/// `a,b|c,d|e` have other bytes that are as frequent.
struct DialectJudge {
  private let bytes: ArraySlice<UInt8>
  private let isWhole: Bool
  /// Of a line `sep=;` that only Excel heeds.
  private var given: UInt8?
  private var start: Int
  private var startLine = 1

  /// So many records are looked at.
  private static let recordLimit = 200

  /// The beginning of a file, or all of it.
  init(_ head: [UInt8], isWhole: Bool) {
    self.isWhole = isWhole
    start = head.starts(with: ByteOrderMark.utf8) ? 3 : 0
    bytes = head[...]
    takeDelimiterLine()
  }

  /// The best layout; nil where not one record ends in these bytes.
  func layout() -> DelimitedLayout? {
    let delimiters = given.map { [$0] } ?? TextDialect.delimiters
    let escapings: [TextDialect.Escapes] =
      bytes.contains(0x5C)
      ? [.doubledQuotes, .quotesAndBackslashes, .backslashes] : [.doubledQuotes]
    var best: DialectAttempt?
    for delimiter in delimiters {
      for escapes in escapings {
        let dialect = TextDialect(delimiter: delimiter, escapes: escapes)
        guard escapes == .doubledQuotes || isShown(dialect) else { continue }
        let attempt = attempt(dialect)
        if attempt.score > best?.score ?? 0 { best = attempt }
      }
    }
    if let best, best.score >= 0.6 || given != nil { return best.layout(in: bytes) }
    return attempt(TextDialect(delimiter: given ?? TextDialect.oneColumn)).layout(in: bytes)
  }

  /// `sep=;`
  private mutating func takeDelimiterLine() {
    let rest = bytes[start...]
    guard rest.count >= 5, String(decoding: rest.prefix(4), as: UTF8.self).lowercased() == "sep="
    else { return }
    let at = start + 4
    let end = rest[(at + 1)...].prefix(2)
    // A line end ends records, and a quote encloses fields.
    guard let first = end.first, first == UInt8(ascii: "\r") || first == UInt8(ascii: "\n"),
      bytes[at] >= 0x20 || bytes[at] == UInt8(ascii: "\t"), bytes[at] != UInt8(ascii: "\"")
    else { return }
    given = bytes[at]
    start = at + (end.elementsEqual([0x0D, 0x0A]) ? 3 : 2)
    startLine = 2
  }

  /// Whether the file shows that its backslashes are escapes: each in front of what can be escaped,
  /// and one of them in front of what would mean something else without it.
  private func isShown(_ dialect: TextDialect) -> Bool {
    let rest = bytes[start...]
    var isNeeded = false
    var at = start
    var fieldStart = start
    while at < rest.endIndex {
      let byte = rest[at]
      if byte == dialect.delimiter || byte == UInt8(ascii: "\n") { fieldStart = at + 1 }
      // Without quotes around values there is no need to escape them so.
      if !dialect.escapes.hasQuotes, at == fieldStart, byte == UInt8(ascii: "\"") { return false }
      guard byte == 0x5C else {
        at += 1
        continue
      }
      guard at + 1 < rest.endIndex else { break }
      let next = rest[at + 1]
      if dialect.escapes.hasQuotes {
        if next == UInt8(ascii: "\""), at + 2 < rest.endIndex, isText(rest[at + 2], dialect) {
          isNeeded = true
        }
      } else {
        guard dialect.delimiter == 0x09, "Ntnr0bZ\\\"'\t\n".utf8.contains(next) else {
          return false
        }
        if "tnr\\\t\n".utf8.contains(next) || next == UInt8(ascii: "N") && at > fieldStart {
          isNeeded = true
        }
      }
      at += 2
    }
    return isNeeded
  }

  private func isText(_ byte: UInt8, _ dialect: TextDialect) -> Bool {
    byte != dialect.delimiter && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
      && byte != UInt8(ascii: "\"")
  }

  private func attempt(_ dialect: TextDialect) -> DialectAttempt {
    var parser = RecordParser(bytes[start...], dialect, isWhole: isWhole, line: startLine)
    var records: [RecordParser.Record] = []
    while records.count < Self.recordLimit {
      if let record = parser.next() {
        if !record.isBlank { records.append(record) }
      } else if isWhole, parser.openQuote != nil {
        parser.skipLine()
      } else {
        break
      }
    }
    return DialectAttempt(dialect, records)
  }
}
