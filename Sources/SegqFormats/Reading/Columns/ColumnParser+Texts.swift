import SegqRecords

// Texts.
extension ColumnParser {
  /// A dictionary of more bytes than this is none.
  private static let largestDictionary = 1 << 24

  mutating func readTexts(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    part.isCoded = plan.isCoded && codes.texts.bytes.count < Self.largestDictionary
    if part.isCoded {
      readCoded(block, column, plan, into: &part)
    } else {
      readPlain(block, column, plan, into: &part)
    }
    part.kind = part.nullRows.count < block.rowCount ? .text : .nothing
  }

  private mutating func readCoded(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    part.codes.extend(to: block.rowCount)
    let known = codes.count
    let (bytes, marks, stride) = (block.bytes.span, block.marks.span, block.stride)
    let isForeign = block.isForeign
    let watch = TextWatch(plan)
    var mark = block.origin &+ column
    var values: [Int32] = []
    swap(&values, &part.codes)
    var target = values.mutableSpan
    for row in 0..<block.rowCount {
      let (start, end) = (Int(marks[mark]) &+ 1, Int(marks[mark &+ 1]))
      mark &+= stride
      if start == end {
        part.nullRows.append(Int32(truncatingIfNeeded: row))
        target[row] = ColumnPart.nullCode
      } else if isForeign || watch.isOdd(bytes, start, end) {
        let text = oddText(block, row, column, plan, into: &part)
        target[row] = text.map { codes.code(of: $0) } ?? ColumnPart.nullCode
      } else {
        target[row] = codes.code(of: bytes, start, end &- start)
      }
    }
    swap(&values, &part.codes)
    for code in known..<codes.count { part.newTexts.append(codes.text(code)) }
  }

  /// The text of a field that is not what it looks like; nil for a null, which is noted.
  private mutating func oddText(
    _ block: FieldBlock, _ row: Int, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) -> ArraySlice<UInt8>? {
    var text: ArraySlice<UInt8> = []
    let isNull: Bool
    if case .null = block.text(row, column, into: &buffer) {
      isNull = true
    } else {
      text = FormulaGuard.unguard(buffer[...])
      if plan.wish == .id { text = ValueReader.withoutApostrophe(Blanks.trimmed(text)) }
      isNull = isNoText(text, row, plan, into: &part)
    }
    if isNull { part.nullRows.append(Int32(truncatingIfNeeded: row)) }
    return isNull ? nil : text
  }

  /// Whether a text is null in this column; counts it if it is a word for that.
  private func isNoText(
    _ text: ArraySlice<UInt8>, _ row: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) -> Bool {
    let isID = plan.wish == .id
    if text.isEmpty { return isID }
    guard
      isID && Placeholder.isOne(text)
        || plan.nullWords.contains(where: { $0.utf8.elementsEqual(text) })
    else { return false }
    part.placeholders.add(row, text)
    return true
  }

  private mutating func readPlain(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    part.textEnds.extend(to: block.rowCount)
    part.textBytes.extend(to: size(of: column, in: block) + FieldBlock.padding)
    let (bytes, marks, stride) = (block.bytes.span, block.marks.span, block.stride)
    let isForeign = block.isForeign
    let watch = TextWatch(plan)
    var mark = block.origin &+ column
    var (texts, ends): ([UInt8], [UInt32]) = ([], [])
    swap(&texts, &part.textBytes)
    swap(&ends, &part.textEnds)
    var target = texts.mutableSpan
    var targetEnds = ends.mutableSpan
    var place = 0
    for row in 0..<block.rowCount {
      let (start, end) = (Int(marks[mark]) &+ 1, Int(marks[mark &+ 1]))
      mark &+= stride
      if start == end {
        part.nullRows.append(Int32(truncatingIfNeeded: row))
      } else if isForeign || watch.isOdd(bytes, start, end) {
        for byte in oddText(block, row, column, plan, into: &part) ?? [] {
          target[place] = byte
          place &+= 1
        }
      } else {
        Self.copy(bytes, start, end, to: &target, place)
        place &+= end &- start
      }
      targetEnds[row] = UInt32(truncatingIfNeeded: place)
    }
    swap(&texts, &part.textBytes)
    swap(&ends, &part.textEnds)
  }

  /// How many bytes the texts of a column take at most: one byte of Windows-1252 becomes three.
  private func size(of column: Int, in block: FieldBlock) -> Int {
    var size = 0
    var mark = block.origin + column
    for _ in 0..<block.rowCount {
      size &+= Int(block.marks[mark &+ 1] &- block.marks[mark])
      mark &+= block.stride
    }
    return block.isForeign ? size * 3 : size
  }

  /// Copies sixteen bytes at a time; up to fifteen behind the text are copied too.
  @inline(__always)
  private static func copy(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, to target: inout MutableSpan<UInt8>,
    _ place: Int
  ) {
    var out = unsafe target.mutableBytes
    var (from, to) = (start, place)
    while from < end {
      let (low, high) = (bytes.word(from), bytes.word(from &+ 8))
      out.storeBytes(of: low.littleEndian, toByteOffset: to, as: UInt64.self)
      out.storeBytes(of: high.littleEndian, toByteOffset: to &+ 8, as: UInt64.self)
      from &+= 16
      to &+= 16
    }
  }
}

/// Which fields of a column of text may be other than their bytes.
private struct TextWatch {
  private let isID: Bool
  private let watchesWords: Bool

  init(_ plan: ColumnPlan) {
    isID = plan.wish == .id
    watchesWords = !plan.nullWords.isEmpty
  }

  /// Null, in quotes, or guarded from being a formula; of an id also with blanks around it, or a
  /// placeholder.
  @inline(__always)
  func isOdd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let first = bytes[start]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "\\") || first == UInt8(ascii: "'") {
      return true
    }
    if watchesWords, end &- start <= 16 { return true }
    guard isID else { return false }
    let last = bytes[end &- 1]
    return first <= 0x20 || first >= 0x80 || last <= 0x20 || last >= 0x80
      || end &- start <= 16 && Placeholder.mayBegin(with: first)
  }
}
