import SegqRecords

/// Reads one column of block after block: what the values mean.
///
/// The usual shapes of numbers and times are read where they stand (``FieldWords``). What is left,
/// the odd rows, goes through ``FieldBlock/text(_:_:into:)`` and ``FieldParse``.
struct ColumnParser: Sendable {
  let settings: ReadingSettings
  private let clocks = ClockWords()
  /// The texts met so far, as this worker numbers them.
  private var codes = TextCodes()
  private var odd: [Int32] = []
  private var buffer: [UInt8] = []

  init(settings: ReadingSettings) { self.settings = settings }

  mutating func read(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    part.reset(rowCount: block.rowCount)
    guard !plan.isSkipped else {
      part.isSkipped = true
      return
    }
    switch plan.wish {
    case .text: readTexts(block, column, plan, into: &part)
    case .integer: _ = readIntegers(block, column, into: &part, isGuess: false)
    case .decimal: _ = readDecimals(block, column, into: &part, isGuess: false)
    case .number:
      _ = readDecimals(block, column, into: &part, isGuess: false, takesIDs: false)
    case .boolean: _ = readBooleans(block, column, into: &part, isGuess: false)
    case .time, .timeOnly: _ = readTimes(block, column, plan, into: &part, isGuess: false)
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
      if isRead(as: kind, block, column, plan, into: &part) { return }
    }
    part.reset(rowCount: block.rowCount)
    readTexts(block, column, plan, into: &part)
  }

  private mutating func isRead(
    as kind: ValueKind, _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan,
    into part: inout ColumnPart
  ) -> Bool {
    switch kind {
    case .integer, .nothing, .empty: readIntegers(block, column, into: &part, isGuess: true)
    case .decimal: readDecimals(block, column, into: &part, isGuess: true, takesIDs: false)
    case .date, .datetime: readTimes(block, column, plan, into: &part, isGuess: true)
    case .boolean: readBooleans(block, column, into: &part, isGuess: true)
    case .text: false
    }
  }
}

// Numbers. `isGuess`: a value that does not fit ends it, and the column is something else.
extension ColumnParser {
  private mutating func readIntegers(
    _ block: FieldBlock, _ column: Int, into part: inout ColumnPart, isGuess: Bool
  ) -> Bool {
    readUsual(block, column, into: &part) { FieldWords.integer($0, $1, $2) }
    return readOdd(block, column, .integer, into: &part, isGuess: isGuess) { text, _ in
      FieldParse.integer(text)
    }
  }

  /// What begins like an id (`007`, `+49…`) is taken for a number only where one is wished for.
  private mutating func readDecimals(
    _ block: FieldBlock, _ column: Int, into part: inout ColumnPart, isGuess: Bool,
    takesIDs: Bool = true
  ) -> Bool {
    readUsual(block, column, into: &part) { FieldWords.decimal($0, $1, $2) }
    return readOdd(block, column, .decimal, into: &part, isGuess: isGuess) { text, part in
      if !takesIDs, FieldParse.looksLikeID(text) { return nil }
      guard let (value, isRounded) = FieldParse.decimal(text) else { return nil }
      if isRounded { part.roundedCount += 1 }
      return value.units
    }
  }

  private mutating func readBooleans(
    _ block: FieldBlock, _ column: Int, into part: inout ColumnPart, isGuess: Bool
  ) -> Bool {
    readUsual(block, column, into: &part) { _, _, _ in nil }
    return readOdd(block, column, .boolean, into: &part, isGuess: isGuess) { text, _ in
      FieldParse.boolean(text).map { $0 ? 1 : 0 }
    }
  }

  /// Takes what `parse` makes of a field, notes nulls, and leaves the rest as odd.
  @inline(__always)
  private mutating func readUsual(
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
    swap(&values, &part.numbers)
  }

  /// Reads the odd rows; false where the values are of another kind.
  private mutating func readOdd(
    _ block: FieldBlock, _ column: Int, _ kind: ValueKind, into part: inout ColumnPart,
    isGuess: Bool, _ parse: (ArraySlice<UInt8>, inout ColumnPart) -> Int64?
  ) -> Bool {
    var hasEmpty = false
    var hasZeroDate = false
    let isTime = kind == .date || kind == .datetime
    for row in odd {
      if case .null = block.text(Int(row), column, into: &buffer) {
        part.nullRows.append(row)
      } else if buffer.isEmpty {
        // Empty text in quotes is no number, and so null.
        part.nullRows.append(row)
        hasEmpty = true
      } else if isTime, FieldParse.isZeroDate(buffer[...]) {
        part.nullRows.append(row)
        hasZeroDate = true
      } else if let number = parse(buffer[...], &part) {
        part.numbers[Int(row)] = number
      } else if isGuess {
        return false
      } else {
        part.badValues.append(
          CSVDocument.BadValue(row: Int(row), text: String(decoding: buffer, as: UTF8.self)))
      }
    }
    part.kind =
      part.nullRows.count < block.rowCount || hasZeroDate
      ? kind : hasEmpty ? .empty : .nothing
    return true
  }
}

// Times.
extension ColumnParser {
  /// Days where none of them has a clock; the day comes first where a value says so.
  private mutating func readTimes(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart,
    isGuess: Bool
  ) -> Bool {
    var reading = TimeReading(order: plan.order, isDays: plan.kind != .datetime)
    while true {
      let fits = readTimes(block, column, &reading, into: &part, isGuess: isGuess)
      guard let next = reading.next else { return fits }
      reading = next
      part.reset(rowCount: block.rowCount)
    }
  }

  private mutating func readTimes(
    _ block: FieldBlock, _ column: Int, _ reading: inout TimeReading,
    into part: inout ColumnPart, isGuess: Bool
  ) -> Bool {
    let clocks = clocks
    let zone = settings.zone
    var hasClock = false
    let isDays = reading.isDays
    readUsual(block, column, into: &part) { bytes, start, end in
      guard end &- start == 10 || end &- start == 19, let day = clocks.day(bytes, start) else {
        return nil
      }
      if end &- start == 10 { return isDays ? day : day &* 86_400 }
      let gap = bytes[start &+ 10]
      guard gap == UInt8(ascii: " ") || gap == UInt8(ascii: "T"),
        let clock = clocks.clock(bytes, start &+ 11)
      else { return nil }
      hasClock = true
      return day &* 86_400 &+ clock
    }
    if isDays, hasClock {
      reading.hasClock = true
      return false
    }
    var odd = reading
    let fits = readOdd(block, column, isDays ? .date : .datetime, into: &part, isGuess: isGuess) {
      text, part in odd.number(text, zone: zone, &part)
    }
    reading = odd
    part.order = reading.hasSlashes ? reading.order ?? .monthFirst : nil
    return fits
  }
}

/// How the times of a block are read at one go, and why it may have to be done another way.
private struct TimeReading {
  var order: DateOrder?
  /// Until a value has a clock.
  var isDays: Bool
  var hasClock = false
  var hasSlashes = false
  var isDayFirst = false

  /// What was wrong with this way, put right.
  var next: TimeReading? {
    if order == nil, isDayFirst { return TimeReading(order: .dayFirst, isDays: isDays) }
    if isDays, hasClock { return TimeReading(order: order, isDays: false) }
    return nil
  }

  mutating func number(
    _ text: ArraySlice<UInt8>, zone: TimeZone, _ part: inout ColumnPart
  ) -> Int64? {
    if text.contains(UInt8(ascii: "/")) {
      hasSlashes = true
      if order == nil, FieldParse.isDayFirst(text) { isDayFirst = true }
    }
    guard let time = FieldParse.time(text, order: order ?? .monthFirst) else { return nil }
    if time.clock != nil { hasClock = true }
    guard isDays else { return time.instant(in: zone) }
    if time.isLocal { part.hasShopDays = true }
    return time.day
  }
}

// Texts.
extension ColumnParser {
  /// A dictionary of more bytes than this is none.
  private static let largestDictionary = 1 << 24

  private mutating func readTexts(
    _ block: FieldBlock, _ column: Int, _ plan: ColumnPlan, into part: inout ColumnPart
  ) {
    part.isCoded = plan.isCoded && codes.texts.bytes.count < Self.largestDictionary
    if part.isCoded {
      readCoded(block, column, into: &part)
    } else {
      readPlain(block, column, into: &part)
    }
    part.kind = part.nullRows.count < block.rowCount ? .text : .nothing
  }

  private mutating func readCoded(
    _ block: FieldBlock, _ column: Int, into part: inout ColumnPart
  ) {
    part.codes.extend(to: block.rowCount)
    let known = codes.count
    // Nulls are empty texts, and many.
    var empty: Int32?
    let (bytes, marks, stride) = (block.bytes.span, block.marks.span, block.stride)
    let isForeign = block.isForeign
    var mark = block.origin &+ column
    var values: [Int32] = []
    swap(&values, &part.codes)
    var target = values.mutableSpan
    for row in 0..<block.rowCount {
      let (start, end) = (Int(marks[mark]) &+ 1, Int(marks[mark &+ 1]))
      mark &+= stride
      if start == end {
        part.nullRows.append(Int32(truncatingIfNeeded: row))
        let code = empty ?? codes.code(of: bytes, start, 0)
        empty = code
        target[row] = code
      } else if isForeign || Self.isOdd(bytes[start]) {
        target[row] = codes.code(of: oddText(block, row, column, into: &part))
      } else {
        target[row] = codes.code(of: bytes, start, end &- start)
      }
    }
    swap(&values, &part.codes)
    for code in known..<codes.count { part.newTexts.append(codes.text(code)) }
  }

  /// The text of a field that is not what it looks like, noted if it is null.
  private mutating func oddText(
    _ block: FieldBlock, _ row: Int, _ column: Int, into part: inout ColumnPart
  ) -> ArraySlice<UInt8> {
    if case .null = block.text(row, column, into: &buffer) { part.nullRows.append(Int32(row)) }
    return FormulaGuard.unguard(buffer[...])
  }

  /// Whether a field that begins so may be other than its bytes: null, in quotes, or guarded from
  /// being a formula.
  @inline(__always)
  private static func isOdd(_ first: UInt8) -> Bool {
    first == UInt8(ascii: "\"") || first == UInt8(ascii: "\\") || first == UInt8(ascii: "'")
  }

  private mutating func readPlain(
    _ block: FieldBlock, _ column: Int, into part: inout ColumnPart
  ) {
    part.textEnds.extend(to: block.rowCount)
    part.textBytes.extend(to: size(of: column, in: block) + FieldBlock.padding)
    let (bytes, marks, stride) = (block.bytes.span, block.marks.span, block.stride)
    let isForeign = block.isForeign
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
      } else if isForeign || Self.isOdd(bytes[start]) {
        for byte in oddText(block, row, column, into: &part) {
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
