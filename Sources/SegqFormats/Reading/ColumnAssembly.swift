import SegqRecords

/// A column as it grows, part by part in the order of the file.
struct ColumnAssembly: Sendable {
  private(set) var plan: ColumnPlan
  /// Set where the values showed that they were read in the wrong way: how to read them again.
  private(set) var nextPlan: ColumnPlan?
  private(set) var isTooLarge = false
  private let isNoTime: Bool
  /// False where somebody else takes the values: then only what they are is found out.
  private let keepsValues: Bool

  private var kind = ValueKind.nothing
  private var rowCount = 0
  private var nulls: [UInt64] = []
  private var hasNulls = false
  private var numbers: [Int64] = []
  private var misfits = Misfits()
  private var placeholders = WordTally()
  private var roundedCount = 0
  private var census = ColumnCensus()
  private var suggestsComma = false
  private var hasShopDays = false

  private var isCoded = true
  private var codes: [Int32] = []
  private var dictionary = TextCodes()
  /// For each worker, the code here of each of its codes.
  private var workerCodes: [[Int32]] = []
  private var texts = TextVector()

  /// How many rows are expected.
  private let capacity: Int

  /// More distinct values than this are not worth a dictionary.
  private static let largestDictionary = 65_536
  private static let largestDictionaryBytes = 1 << 24

  /// `isNoTime`: the column was to hold dates, and does not.
  init(_ plan: ColumnPlan, capacity: Int, isNoTime: Bool, keepsValues: Bool = true) {
    self.plan = plan
    self.keepsValues = keepsValues
    self.capacity = capacity
    self.isNoTime = isNoTime
  }

  mutating func append(_ part: ColumnPart, worker: Int) {
    guard !plan.isSkipped, !part.isSkipped else { return }
    if part.isCoded { learn(part, worker: worker) }
    suggestsComma = suggestsComma || part.suggestsComma
    guard !plan.isCensus else { return count(part) }
    guard !part.needsCensus else { return kind == .text ? readAgain(as: .text) : beginCensus() }
    guard let factor = joined(with: part) else { return }
    misfits.append(part.badValues, base: rowCount)
    placeholders.append(part.placeholders, base: rowCount)
    roundedCount += part.roundedCount
    hasShopDays = hasShopDays || part.hasShopDays
    if keepsValues { appendValues(part, factor, worker: worker) }
    rowCount += part.rowCount
  }

  private mutating func appendValues(_ part: ColumnPart, _ factor: Int64, worker: Int) {
    appendNulls(part)
    switch kind {
    case .nothing: break
    case .text: appendTexts(part, worker: worker)
    case .empty, .placeholders, .integer, .decimal, .date, .datetime, .boolean:
      appendNumbers(part, factor)
    }
  }

  // Kinds.

  private mutating func count(_ part: ColumnPart) {
    census.append(part.census, base: rowCount)
    rowCount += part.rowCount
    if plan.wish == .any, census.strange > 0 { readAgain(as: .text) }
  }

  private mutating func beginCensus() {
    readAgain(as: plan.kind)
    nextPlan?.isCensus = true
  }

  /// Finds the kind of all values so far; what to multiply those of the part with, or nil where
  /// all must be read again.
  private mutating func joined(with part: ColumnPart) -> Int64? {
    switch (kind, part.kind) {
    case (_, .nothing): return 1
    case (.nothing, let new):
      become(new)
      return 1
    case let (old, new) where old == new: return 1
    case (.integer, .decimal): return widened(to: .decimal, by: 10_000) ? 1 : again(as: .text)
    case (.decimal, .integer): return fits(part, 10_000) ? 10_000 : again(as: .text)
    case (.date, .datetime) where !hasShopDays:
      return widened(to: .datetime, by: 86_400) ? 1 : again(as: .text)
    case (.datetime, .date) where !part.hasShopDays: return 86_400
    case (.date, .datetime), (.datetime, .date):
      beginCensus()
      return nil
    case (.empty, .placeholders):
      become(.placeholders)
      return 1
    case (_, .empty), (_, .placeholders):
      return kind == .text ? again(as: .text) : 1
    case (.empty, let new), (.placeholders, let new):
      if new == .text { return again(as: .text) }
      become(new)
      return 1
    default: return again(as: .text)
    }
  }

  private mutating func again(as kind: ValueKind) -> Int64? {
    readAgain(as: kind)
    return nil
  }

  private mutating func readAgain(as kind: ValueKind?) {
    var next = plan
    (next.kind, next.isCensus) = (kind, false)
    nextPlan = next
    plan.isSkipped = true
    (numbers, codes, texts, misfits) = ([], [], TextVector(), Misfits())
  }

  /// Empty texts tell nothing of the others: what is known of those from an earlier pass stays.
  private mutating func become(_ new: ValueKind) {
    kind = new
    if new.hasValues { plan.kind = new }
  }

  private func fits(_ part: ColumnPart, _ factor: Int64) -> Bool {
    part.numbers.prefix(part.rowCount).allSatisfy { !$0.multipliedReportingOverflow(by: factor).1 }
  }

  private mutating func widened(to new: ValueKind, by factor: Int64) -> Bool {
    guard numbers.allSatisfy({ !$0.multipliedReportingOverflow(by: factor).1 }) else {
      return false
    }
    for i in numbers.indices { numbers[i] *= factor }
    become(new)
    return true
  }

  // Values.

  private mutating func appendNulls(_ part: ColumnPart) {
    guard !part.nullRows.isEmpty || part.kind == .nothing else { return }
    hasNulls = true
    let size = (rowCount + part.rowCount + 63) >> 6
    if nulls.count < size {
      nulls.append(contentsOf: repeatElement(0, count: size - nulls.count))
    }
    for row in part.nullRows {
      let place = rowCount &+ Int(row)
      nulls[place >> 6] |= 1 &<< UInt64(place & 63)
    }
  }

  private mutating func appendNumbers(_ part: ColumnPart, _ factor: Int64) {
    reserve(&numbers)
    // Rows before the first number are null.
    numbers.extend(to: rowCount)
    guard part.kind != .nothing else { return numbers.extend(to: rowCount + part.rowCount) }
    if factor == 1 {
      numbers.append(contentsOf: part.numbers[..<part.rowCount])
    } else {
      for number in part.numbers[..<part.rowCount] { numbers.append(number * factor) }
    }
  }

  private func reserve<Element>(_ values: inout [Element]) {
    if values.isEmpty { values.reserveCapacity(capacity) }
  }

  private mutating func appendTexts(_ part: ColumnPart, worker: Int) {
    if isCoded, part.kind == .nothing || part.isCoded {
      appendCodes(part, worker: worker)
      if dictionary.count > max(64, (rowCount + part.rowCount) / 4) || isDictionaryTooLarge {
        uncode()
      }
      return
    }
    if isCoded { uncode() }
    if part.isCoded, part.kind != .nothing {
      for code in part.codes[..<part.rowCount] {
        append(dictionary.text(Int(workerCodes[worker][Int(code)])))
      }
    } else if part.kind == .nothing {
      for _ in 0..<part.rowCount { append([]) }
    } else {
      appendPlain(part)
    }
  }

  private var isDictionaryTooLarge: Bool {
    dictionary.count > Self.largestDictionary
      || dictionary.texts.bytes.count > Self.largestDictionaryBytes
  }

  private mutating func appendCodes(_ part: ColumnPart, worker: Int) {
    reserve(&codes)
    if codes.count < rowCount || part.kind == .nothing {
      let empty = dictionary.code(of: [])
      let size = part.kind == .nothing ? rowCount + part.rowCount : rowCount
      codes.append(contentsOf: repeatElement(empty, count: size - codes.count))
      if part.kind == .nothing { return }
    }
    let known = workerCodes[worker]
    codes.append(addingCapacity: part.rowCount) { out in
      for code in part.codes[..<part.rowCount] { out.append(known[Int(code)]) }
    }
  }

  /// Finds the codes of what a worker has numbered anew.
  private mutating func learn(_ part: ColumnPart, worker: Int) {
    while workerCodes.count <= worker { workerCodes.append([]) }
    for i in 0..<part.newTexts.count {
      let range = part.newTexts.range(i)
      workerCodes[worker].append(dictionary.code(of: part.newTexts.bytes[range]))
    }
  }

  /// Goes over from codes to texts.
  private mutating func uncode() {
    (isCoded, plan.isCoded) = (false, false)
    texts.reserveCapacity(texts: capacity, bytes: 0)
    for code in codes { append(dictionary.text(Int(code))) }
    codes = []
  }

  private mutating func append(_ text: ArraySlice<UInt8>) {
    guard texts.bytes.count + text.count <= Int(UInt32.max) else { return isTooLarge = true }
    texts.append(text)
  }

  private mutating func appendPlain(_ part: ColumnPart) {
    let base = texts.bytes.count
    let size = part.rowCount == 0 ? 0 : Int(part.textEnds[part.rowCount - 1])
    guard base + size <= Int(UInt32.max) else { return isTooLarge = true }
    // The first part tells how much there will be.
    if base == 0 || texts.bytes.capacity < base + size {
      let expected = Double(base + size) / Double(max(1, rowCount + part.rowCount))
      texts.bytes.reserveCapacity(
        max(base + size, Int(expected * Double(capacity) * 1.05), base * 3 / 2))
    }
    texts.bytes.append(contentsOf: part.textBytes[..<size])
    let start = UInt32(truncatingIfNeeded: base)
    texts.offsets.append(addingCapacity: part.rowCount) { out in
      for end in part.textEnds[..<part.rowCount] { out.append(start &+ end) }
    }
  }
}

// The end.
extension ColumnAssembly {
  /// Whether a count is done, and how the values are to be read can be decided.
  var isCounted: Bool { plan.isCensus && nextPlan == nil }

  /// What the count says of the order of day and month, where any value needs one.
  func orderEvidence(_ hints: FileHints) -> ColumnEvidence.Order? {
    isCounted ? census.decided(plan.wish, hints).1.order : plan.evidence?.order
  }

  /// How the column is to be read once more; nil where it is done.
  func planAfter(_ hints: FileHints) -> (plan: ColumnPlan, isNoTime: Bool)? {
    if let nextPlan { return (nextPlan, isNoTime) }
    if plan.isCensus { return (decidedPlan(hints), isNoTime) }
    if plan.wish == .any, kind == .placeholders { return (plan(as: .text), isNoTime) }
    guard keepsValues, isMostlyBad else { return nil }
    return (ColumnPlan(.text), true)
  }

  private func decidedPlan(_ hints: FileHints) -> ColumnPlan {
    var hints = hints
    hints.suggestsComma = suggestsComma
    let (form, evidence) = census.decided(plan.wish, hints)
    var next = plan(as: form?.kind ?? .text)
    (next.form, next.evidence) = (form, evidence)
    return next
  }

  private func plan(as kind: ValueKind) -> ColumnPlan {
    var next = plan
    (next.kind, next.isCensus, next.isSkipped) = (kind, false, false)
    return next
  }

  /// It was to hold dates, and most values are none.
  private var isMostlyBad: Bool {
    plan.wish == .time && !isNoTime && misfits.count * 2 > rowCount
  }

  /// The column; nil where nobody asked for it.
  consuming func finished() -> CSVDocument.Column? {
    guard !plan.isSkipped else { return nil }
    let type = type
    var column = CSVDocument.Column(
      vector: ColumnVector([], type: type), placeholders: placeholders, misfits: misfits,
      evidence: evidence(type), roundedCount: roundedCount,
      isNoTime: keepsValues ? isNoTime : isMostlyBad)
    guard keepsValues else { return column }
    if type == .text { settleTexts() } else { numbers.extend(to: rowCount) }
    let size = (rowCount + 63) >> 6
    nulls.append(contentsOf: repeatElement(0, count: max(0, size - nulls.count)))
    let storage: ColumnVector.Storage =
      type != .text ? .numbers(numbers) : isCoded ? .coded(codes, dictionary.texts) : .texts(texts)
    column.vector = ColumnVector(
      type: type, storage: storage, nulls: hasNulls ? Bitmap(words: nulls, count: rowCount) : nil)
    return column
  }

  private func evidence(_ type: DataType) -> ColumnEvidence {
    var evidence = plan.evidence ?? ColumnEvidence(type)
    (evidence.type, evidence.isKnown) = (type, plan.wish.isKnown && !isNoTime)
    return evidence
  }

  private var type: DataType {
    switch plan.wish {
    case .integer: .integer
    case .decimal, .number: .decimal
    case .boolean: .boolean
    case .id: kind == .text ? .text : .integer
    case .time, .timeOnly: kind.hasValues ? kind.type : rowCount == 0 ? .datetime : .date
    case .any, .text: kind.type
    }
  }

  /// A column of nothing but nulls has empty texts; one of a few rows needs no dictionary.
  private mutating func settleTexts() {
    if kind == .nothing {
      let empty = dictionary.code(of: [])
      codes.append(contentsOf: repeatElement(empty, count: rowCount - codes.count))
    }
    if isCoded, rowCount < 8 { uncode() }
  }
}
