import SegqRecords

/// A column as it grows, part by part in the order of the file.
struct ColumnAssembly: Sendable {
  var plan: ColumnPlan
  /// Set where the values showed that they were read in the wrong way: how to read them again.
  var nextPlan: ColumnPlan?
  var isTooLarge = false
  let isNoTime: Bool
  /// False where somebody else takes the values: then only what they are is found out.
  let keepsValues: Bool

  var kind = ValueKind.nothing
  var rowCount = 0
  var nulls: [UInt64] = []
  var hasNulls = false
  var numbers: [Int64] = []
  var misfits = Misfits()
  var placeholders = WordTally()
  var roundedCount = 0
  var census = ColumnCensus()
  var suggestsComma = false
  var hasShopDays = false

  var isCoded = true
  var codes: [Int32] = []
  var dictionary = TextCodes()
  /// For each worker, the code here of each of its codes.
  var workerCodes: [[Int32]] = []
  var texts = TextVector()

  /// How many rows are expected.
  let capacity: Int

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
}
