import SegqRecords

/// Reads one column of block after block: what the values mean.
///
/// The usual shapes of numbers and times are read where they stand (``FieldWords``). What is left,
/// the odd rows, goes through ``FieldBlock/text(_:_:into:)`` and ``ValueReader``.
struct ColumnParser: Sendable {
  let settings: ReadingSettings
  let clocks = ClockWords()
  /// The texts met so far, as this worker numbers them.
  var codes = TextCodes()
  var odd: [Int32] = []
  var buffer: [UInt8] = []

  init(settings: ReadingSettings) { self.settings = settings }

  mutating func read(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    part.reset(rowCount: block.rowCount)
    guard !plan.isSkipped else {
      part.isSkipped = true
      return
    }
    part.suggestsComma = block.delimiter == UInt8(ascii: ";")
    if plan.isCensus { return count(block, column, plan.wish, into: &part) }
    if let form = plan.form { return read(block, column, plan.wish, form, into: &part) }
    switch plan.wish {
    case .text: readTexts(block, column, plan, into: &part)
    case .id: readIDs(block, column, plan, into: &part)
    case .integer, .decimal, .number, .boolean, .time, .timeOnly:
      _ = isRead(as: plan.kind ?? .date, block, column, plan.wish, into: &part)
    case .any: readAny(block, column, plan, into: &part)
    }
  }

  /// Tries what the column was so far, then every kind in turn.
  private mutating func readAny(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    if plan.kind == .text { return readTexts(block, column, plan, into: &part) }
    var kinds: [ValueKind] = [.integer, .decimal, .date, .boolean]
    if let kind = plan.kind { kinds.insert(kind, at: 0) }
    for kind in kinds {
      part.reset(rowCount: block.rowCount)
      if isRead(as: kind, block, column, .any, into: &part) { return }
    }
    part.reset(rowCount: block.rowCount)
    if isText(block, column) {
      readTexts(block, column, plan, into: &part)
    } else {
      part.needsCensus = true
    }
  }

  /// Reads values in the usual ways of a kind; false where they are of another one.
  private mutating func isRead(
    as kind: ValueKind, _ block: FieldBlock, _ column: Int, _ wish: ColumnWish,
    into part: inout ColumnPart
  ) -> Bool {
    switch kind {
    case .integer, .nothing, .empty, .placeholders: readIntegers(block, column, wish, into: &part)
    case .decimal: readDecimals(block, column, wish, into: &part)
    case .date, .datetime: readTimes(block, column, wish, isDays: kind == .date, into: &part)
    case .boolean: readBooleans(block, column, wish, into: &part)
    case .text: false
    }
  }

  private mutating func readIDs(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    if plan.kind != .text, isIDs(block, column, into: &part) { return }
    part.reset(rowCount: block.rowCount)
    readTexts(block, column, plan, into: &part)
  }
}

extension FieldBlock {
  /// What stands behind the first field of a row; nil if a row has one field only.
  var delimiter: UInt8? {
    guard width > 1, rowCount > 0, marks.indices.contains(origin + 1) else { return nil }
    let place = Int(marks[origin + 1])
    return bytes.indices.contains(place) ? bytes[place] : nil
  }
}
