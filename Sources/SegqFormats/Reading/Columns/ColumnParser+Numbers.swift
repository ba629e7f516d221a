import SegqRecords

// Numbers and booleans in the usual ways. In a column of anything, a value that does not fit ends it, and
// the column is something else.
extension ColumnParser {
  mutating func readIntegers(
    _ block: FieldBlock, _ column: Int, _ wish: ColumnWish, into part: inout ColumnPart
  ) -> Bool {
    readUsual(block, column, into: &part) { FieldWords.integer($0, $1, $2) }
    let isGuess = wish == .any
    return readOdd(block, column, .integer, wish, into: &part, isGuess: isGuess) {
      text, reader, part in
      if let number = FieldParse.integer(text) { return .value(number) }
      guard let number = reader.number(text) else { return .misfit }
      // What is plain may still be something else than a whole number: a decimal.
      let isPlain = number.isPlain && !(part.suggestsComma && number.isOpen)
      if isGuess {
        guard isPlain, number.isWrittenWhole(.point) else { return .misfit }
      } else if !isPlain {
        return .open
      }
      return number.whole(.point).map { .value($0) } ?? .misfit
    }
  }

  mutating func readDecimals(
    _ block: FieldBlock, _ column: Int, _ wish: ColumnWish, into part: inout ColumnPart
  ) -> Bool {
    // `1.234` may be one thousand.
    let thousands = part.suggestsComma ? UInt8(ascii: ".") : 0
    readUsual(block, column, into: &part) { bytes, start, end in
      end &- start > 4 && bytes[end &- 4] == thousands
        ? nil : FieldWords.decimal(bytes, start, end)
    }
    let isGuess = wish == .any
    return readOdd(block, column, .decimal, wish, into: &part, isGuess: isGuess) {
      text, reader, part in
      guard let number = reader.number(text) else { return .misfit }
      guard number.isPlain, !(part.suggestsComma && number.isOpen) else {
        return isGuess ? .misfit : .open
      }
      guard let (value, isRounded) = number.decimal(.point) else { return .misfit }
      if isRounded { part.roundedCount += 1 }
      return .value(value)
    }
  }

  mutating func readBooleans(
    _ block: FieldBlock, _ column: Int, _ wish: ColumnWish, into part: inout ColumnPart
  ) -> Bool {
    readUsual(block, column, into: &part) { _, _, _ in nil }
    return readOdd(block, column, .boolean, wish, into: &part, isGuess: wish == .any) {
      text, reader, _ in
      reader.boolean(text).map { .value($0 ? 1 : 0) } ?? .misfit
    }
  }

  /// Whether all values are whole numbers.
  mutating func isIDs(_ block: FieldBlock, _ column: Int, into part: inout ColumnPart) -> Bool {
    readUsual(block, column, into: &part) { FieldWords.integer($0, $1, $2) }
    return readOdd(block, column, .integer, .id, into: &part, isGuess: true) { text, _, _ in
      FieldParse.id(text).map { .value($0) } ?? .misfit
    }
  }
}

extension NumberText {
  /// `1,234` and `1.234`: thousands or a fraction.
  var isOpen: Bool {
    body.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
      && layout(.point) != nil && layout(.comma) != nil
  }
}

extension FieldParse {
  /// An id that is a whole number: `12`, `1.0` as pandas writes it, `'123` and `"123"` as spreadsheets
  /// do. Nil for all others: `007`, `+7`, `1e5`, `1.5`.
  static func id(_ text: ArraySlice<UInt8>) -> Int64? {
    var text = ValueReader.withoutApostrophe(text)
    if text.count > 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") {
      text = text.dropFirst().dropLast()
    }
    if let point = text.lastIndex(of: UInt8(ascii: ".")) {
      let places = text[(point + 1)...]
      guard !places.isEmpty, places.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
      text = text[..<point]
    }
    return integer(text)
  }
}
