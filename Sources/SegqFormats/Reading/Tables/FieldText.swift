/// What a field of a block means, whatever it is written like.
enum FieldText {
  /// Nothing between delimiters, or `\N`.
  case null
  /// The text is in the buffer.
  case text
  /// So it is, and it was no UTF-8.
  case foreign
}

extension FieldBlock {
  /// Puts the text of a field into the buffer: without its quotes, doubled ones single, in UTF-8.
  ///
  /// What follows a closing quote up to the delimiter is taken as it is: `"a"b` is `ab`. For the
  /// fields that need it; those that are their text are read where they stand.
  func text(_ row: Int, _ column: Int, into buffer: inout [UInt8]) -> FieldText {
    let range = range(row, column)
    buffer.removeAll(keepingCapacity: true)
    guard let first = bytes[range].first else { return .null }
    if first == UInt8(ascii: "\"") {
      appendQuoted(range.dropFirst(), to: &buffer)
    } else if isNullMark(range) {
      return .null
    } else {
      buffer.append(contentsOf: bytes[range])
    }
    guard isForeign, !UTF8Check.isValid(buffer.span, 0..<buffer.count) else { return .text }
    let foreign = buffer
    buffer.removeAll(keepingCapacity: true)
    for byte in foreign { buffer.append(contentsOf: Character(Windows1252.scalar(byte)).utf8) }
    return .foreign
  }

  /// `\N`, as databases write null.
  private func isNullMark(_ range: Range<Int>) -> Bool {
    range.count == 2 && bytes[range.lowerBound] == UInt8(ascii: "\\")
      && bytes[range.lowerBound + 1] == UInt8(ascii: "N")
  }

  private func appendQuoted(_ range: Range<Int>, to buffer: inout [UInt8]) {
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] == UInt8(ascii: "\"") { at += 1 }
      if at < range.upperBound { buffer.append(bytes[at]) }
      at += 1
    }
  }

  /// Counts the values that are no UTF-8, and tells the line of the first.
  func countForeign() -> (count: Int, firstLine: Int) {
    guard isForeign else { return (0, 0) }
    var (count, firstLine) = (0, 0)
    var buffer: [UInt8] = []
    for row in 0..<rowCount {
      for column in 0..<width where text(row, column, into: &buffer) == .foreign {
        if count == 0 { firstLine = line(ofRow: row) }
        count += 1
      }
    }
    return (count, firstLine)
  }
}
