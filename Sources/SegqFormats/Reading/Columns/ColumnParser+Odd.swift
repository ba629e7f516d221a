import SegqRecords

// What all kinds but texts have in common: the usual values, and the odd ones.
extension ColumnParser {
  /// What is made of an odd value.
  enum OddValue {
    case value(Int64)
    /// It depends on the other values of the column.
    case open
    case misfit
  }

  /// Takes what `parse` makes of a field, also in quotes, notes nulls, and leaves the rest as odd.
  @inline(__always)
  mutating func readUsual(
    _ block: FieldBlock, _ column: Int, into part: inout ColumnPart,
    _ parse: (Span<UInt8>, Int, Int) -> Int64?
  ) {
    odd.removeAll(keepingCapacity: true)
    part.numbers.extend(to: block.rowCount)
    let (bytes, marks, stride) = (block.bytes.span, block.marks.span, block.stride)
    var mark = block.origin &+ column
    var values: [Int64] = []
    swap(&values, &part.numbers)
    var numbers = values.mutableSpan
    for row in 0..<block.rowCount {
      let (start, end) = (Int(marks[mark]) &+ 1, Int(marks[mark &+ 1]))
      mark &+= stride
      if let number = parse(bytes, start, end) {
        numbers[row] = number
        continue
      }
      numbers[row] = 0
      if start == end {
        part.nullRows.append(Int32(truncatingIfNeeded: row))
      } else {
        odd.append(Int32(truncatingIfNeeded: row))
      }
    }
    // Apart from the rest, which is faster so.
    var left = 0
    for place in 0..<odd.count {
      let row = odd[place]
      let mark = block.origin &+ column &+ Int(row) &* stride
      let (start, end) = (Int(marks[mark]) &+ 1, Int(marks[mark &+ 1]))
      if end &- start > 2, bytes[start] == UInt8(ascii: "\""),
        bytes[end &- 1] == UInt8(ascii: "\""), let number = parse(bytes, start &+ 1, end &- 1)
      {
        numbers[Int(row)] = number
      } else {
        odd[left] = row
        left &+= 1
      }
    }
    odd.removeLast(odd.count - left)
    swap(&values, &part.numbers)
  }

  /// Reads the odd rows; false where the values of a column of anything are of another kind.
  mutating func readOdd(
    _ block: FieldBlock, _ column: Int, _ kind: ValueKind, _ wish: ColumnWish,
    into part: inout ColumnPart, isGuess: Bool,
    _ parse: (ArraySlice<UInt8>, ValueReader, inout ColumnPart) -> OddValue
  ) -> Bool {
    let reader = ValueReader(wish, settings)
    var hasEmpty = false
    var hasZeroTime = false
    let isTime = kind == .date || kind == .datetime
    for row in odd {
      guard case .text(let text) = cell(block, Int(row), column) else {
        part.nullRows.append(row)
        continue
      }
      if text.isEmpty {
        // Empty text in quotes is no number, and so null.
        part.nullRows.append(row)
        hasEmpty = true
      } else if isTime, reader.isZeroTime(text) {
        part.nullRows.append(row)
        hasZeroTime = true
      } else {
        switch parse(text, reader, &part) {
        case .value(let number): part.numbers[Int(row)] = number
        case .open:
          part.needsCensus = true
          return true
        case .misfit:
          if !Placeholder.isOne(text) {
            if isGuess { return false }
            part.badValues.append(
              CSVDocument.BadValue(
                row: Int(row), text: String(decoding: text.prefix(200), as: UTF8.self)))
          } else {
            part.placeholders.add(Int(row), text)
          }
          part.nullRows.append(row)
        }
      }
    }
    let hasValues = part.nullRows.count < block.rowCount || !part.badValues.isEmpty || hasZeroTime
    part.kind =
      hasValues ? kind : part.placeholders.count > 0 ? .placeholders : hasEmpty ? .empty : .nothing
    return true
  }

  /// A cell of a column of anything but text.
  enum Cell {
    case null
    /// Without blanks around it.
    case text(ArraySlice<UInt8>)
  }

  mutating func cell(_ block: FieldBlock, _ row: Int, _ column: Int) -> Cell {
    if case .null = block.text(row, column, into: &buffer) { return .null }
    return .text(Blanks.trimmed(buffer[...]))
  }
}
