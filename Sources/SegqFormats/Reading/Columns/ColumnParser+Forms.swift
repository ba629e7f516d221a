import SegqRecords

// Counting what the values are, and reading them in the form that was decided.
extension ColumnParser {
  /// Whether some value of a column of anything can only be text.
  mutating func isText(_ block: FieldBlock, _ column: Int) -> Bool {
    let reader = ValueReader(.any, settings)
    for row in 0..<block.rowCount {
      guard case .text(let text) = cell(block, row, column), !text.isEmpty else { continue }
      if reader.isZeroTime(text) || reader.sort(text) != nil || Placeholder.isOne(text) { continue }
      return true
    }
    return false
  }

  /// Counts what the values are.
  mutating func count(
    _ block: FieldBlock, _ column: Int, _ wish: ColumnWish, into part: inout ColumnPart
  ) {
    let reader = ValueReader(wish, settings)
    for row in 0..<block.rowCount {
      let range = block.range(row, column)
      if range.isEmpty { continue }
      if let usual = usual(block, range, wish) {
        part.census.add(usual)
        continue
      }
      guard case .text(let text) = cell(block, row, column), !text.isEmpty else { continue }
      if reader.isZeroTime(text) {
        part.census.addZeroTime()
        continue
      }
      let sort = reader.sort(text)
      if sort == nil, Placeholder.isOne(text) { continue }
      part.census.add(sort, row, text)
      // One is enough.
      if sort == nil, wish == .any { return }
    }
  }

  private func usual(
    _ block: FieldBlock, _ range: Range<Int>, _ wish: ColumnWish
  ) -> ColumnCensus.Usual? {
    let bytes = block.bytes.span
    let (start, end) = (range.lowerBound, range.upperBound)
    if !wish.isTime, range.count <= 8, let number = FieldWords.integer(bytes, start, end),
      number > 0
    {
      return .whole
    }
    guard wish.isTime || wish == .any, range.count == 10 || range.count == 19,
      clocks.day(bytes, start) != nil
    else { return nil }
    if range.count == 10 { return .day }
    let gap = bytes[start + 10]
    guard gap == UInt8(ascii: " ") || gap == UInt8(ascii: "T") else { return nil }
    return clocks.clock(bytes, start + 11) == nil ? nil : .time
  }

  /// Reads in the form that all values together have shown.
  mutating func read(
    _ block: FieldBlock, _ column: Int, _ wish: ColumnWish, _ form: ColumnForm,
    into part: inout ColumnPart
  ) {
    readUsual(block, column, form, into: &part)
    let zone = settings.zone
    _ = readOdd(block, column, form.kind, wish, into: &part, isGuess: false) { text, reader, part in
      switch reader.sort(text) {
      case .number(let number) where form.kind.type.isNumeric:
        guard let (value, isRounded) = form.value(number) else { return .misfit }
        if isRounded { part.roundedCount += 1 }
        return .value(value)
      case .time(let time) where form.kind.type.isTemporal:
        return form.value(time, in: zone).map { .value($0) } ?? .misfit
      case .boolean(let value) where form.kind == .boolean: return .value(value ? 1 : 0)
      case .number, .time, .boolean, nil: return .misfit
      }
    }
  }

  private mutating func readUsual(
    _ block: FieldBlock, _ column: Int, _ form: ColumnForm, into part: inout ColumnPart
  ) {
    switch form.kind {
    case .integer: readUsual(block, column, into: &part) { FieldWords.integer($0, $1, $2) }
    case .decimal where form.isPercent: readUsual(block, column, into: &part) { _, _, _ in nil }
    case .decimal where form.mark == .point:
      readUsual(block, column, into: &part) { FieldWords.decimal($0, $1, $2) }
    case .decimal:
      readUsual(block, column, into: &part) { bytes, start, end in
        end &- start > 14 ? nil : FieldWords.integer(bytes, start, end).map { $0 &* 10_000 }
      }
    case .date, .datetime:
      var hasClock = false
      readUsualTimes(block, column, isDays: form.kind == .date, &hasClock, into: &part)
    case .boolean, .nothing, .empty, .placeholders, .text:
      readUsual(block, column, into: &part) { _, _, _ in nil }
    }
  }
}
