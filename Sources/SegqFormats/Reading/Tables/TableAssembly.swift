import SegqRecords

/// What a worker found in one block.
struct BlockResult: Sendable {
  var number = 0
  var worker = 0
  var rowCount = 0
  var byteCount = 0
  var lines: [(row: Int, line: Int)] = []
  var badRows: [CSVDocument.BadRow] = []
  var badRowCount = 0
  var foreign = (count: 0, firstLine: 0)
  var notes = RowNotes()
  var parts: [ColumnPart] = []

  /// What is to be known of the block besides its values.
  mutating func note(_ block: FieldBlock) {
    number = block.number
    rowCount = block.rowCount
    byteCount = block.used
    lines = block.lines
    badRows = block.badRows
    badRowCount = block.badRowCount
    foreign = block.countForeign()
    notes = block.notes
    while parts.count < block.width { parts.append(ColumnPart()) }
  }
}

/// A table as it grows, block by block in the order of the file.
struct TableAssembly: Sendable {
  private var columns: [ColumnAssembly]
  private let firstPlans: [ColumnPlan]
  private var document = CSVDocument()
  private var done: [CSVDocument.Column?]
  private let byteCount: Int
  private(set) var failure: ReadingFailure?

  private var pass = 0
  private var workerCount = 0
  private var rowCount = 0
  /// Blocks that were read before those in front of them.
  private var waiting: [BlockResult] = []
  private var spare: [BlockResult] = []
  private var next = 0
  /// Texts were read again for the words that are null in other columns.
  private var hasReadNulls = false

  /// See ``ColumnAssembly``.
  private let keepsValues: Bool

  init(_ plans: [ColumnPlan], byteCount: Int, keepsValues: Bool) {
    firstPlans = plans
    self.keepsValues = keepsValues
    self.byteCount = byteCount
    columns = []
    done = plans.map { _ in nil }
  }

  mutating func newWorker() -> Int {
    workerCount += 1
    return workerCount - 1
  }

  /// How the columns of the next block are to be read; nil where there is no use in it.
  var plans: [ColumnPlan]? {
    if failure != nil { return nil }
    return columns.isEmpty ? firstPlans : columns.map(\.plan)
  }

  /// Takes what was found in a block, and gives room for the next for it.
  mutating func take(_ result: inout BlockResult, of worker: Int) {
    var other = spare.popLast() ?? BlockResult()
    swap(&result, &other)
    other.worker = worker
    waiting.append(other)
    while let place = waiting.firstIndex(where: { $0.number == next }), failure == nil {
      append(waiting[place])
      spare.append(waiting.remove(at: place))
      next += 1
    }
  }

  private mutating func append(_ result: BlockResult) {
    guard rowCount + result.rowCount <= Int(Int32.max) else { return failure = .tooManyRows }
    if columns.isEmpty { begin(firstPlans.map { ($0, false) }, after: result) }
    rowCount += result.rowCount
    if pass == 0 { document.append(rowsOf: result) }
    for i in columns.indices {
      columns[i].append(result.parts[i], worker: result.worker)
      if columns[i].isTooLarge { failure = .textTooLarge(column: i) }
    }
  }

  /// Makes room by what the first block holds.
  private mutating func begin(_ plans: [(plan: ColumnPlan, isNoTime: Bool)], after: BlockResult) {
    let blocks = Double(byteCount) / Double(max(1, after.byteCount))
    let expected = blocks * Double(after.rowCount) * 1.02 + 64
    let capacity = max(document.rowCount, Int(min(expected, Double(byteCount) + 1)))
    columns = plans.map {
      ColumnAssembly(
        $0.plan, capacity: capacity, isNoTime: $0.isNoTime, keepsValues: keepsValues)
    }
  }

  /// Whether columns must be read once more; makes ready for it.
  mutating func beginsAnotherPass(_ settings: ReadingSettings) -> Bool {
    if pass > 0, rowCount != document.rowCount {
      failure = .changed
      return false
    }
    let old = columns
    columns = []
    var hints = FileHints(order: settings.dateOrder)
    hints.otherOrder = order(of: old, hints)
    let next = old.map { $0.planAfter(hints) }
    if !keepsValues {
      guard next.contains(where: { $0 != nil }) else {
        for i in old.indices { done[i] = old[i].finished() }
        return false
      }
      // What was taken is void, that of the other columns too.
      restart(old.indices.map { next[$0] ?? (old[$0].plan, false) })
      return true
    }
    for i in old.indices where next[i] == nil && done[i] == nil { done[i] = old[i].finished() }
    let nothing = (plan: ColumnPlan(nil), isNoTime: false)
    if next.contains(where: { $0 != nil }) {
      restart(next.map { $0 ?? nothing })
      return true
    }
    return beginsNullPass()
  }

  /// The order in which the dates of all columns are written that tell it; nil if none does, or some
  /// tell another.
  private func order(of columns: [ColumnAssembly], _ hints: FileHints) -> DateOrder? {
    var orders: Set<DateOrder> = []
    for (i, column) in columns.enumerated() {
      guard let order = done[i]?.evidence.order ?? column.orderEvidence(hints) else { continue }
      if case .values = order.basis, let order = order.order { orders.insert(order) }
    }
    return orders.count == 1 ? orders.first : nil
  }

  /// Reads columns of text again in which there are words that are null in other columns: `NULL` among
  /// numbers.
  private mutating func beginsNullPass() -> Bool {
    guard !hasReadNulls else { return false }
    hasReadNulls = true
    let words = nullWords
    guard !words.isEmpty else { return false }
    var isNeeded = false
    let plans = done.indices.map { i -> (plan: ColumnPlan, isNoTime: Bool) in
      guard let column = done[i], column.vector.contains(anyOf: words) else {
        return (ColumnPlan(nil), false)
      }
      isNeeded = true
      var plan = ColumnPlan(.text)
      (plan.kind, plan.evidence, plan.nullWords) = (.text, column.evidence, words)
      done[i] = nil
      return (plan, column.isNoTime)
    }
    guard isNeeded else { return false }
    restart(plans)
    return true
  }

  /// How the file writes nulls among numbers, dates, booleans and ids.
  private var nullWords: [String] {
    var words: [String] = []
    for column in done {
      guard let column, column.vector.type != .text || column.evidence.isKnown else { continue }
      words += column.placeholders.words.filter { Placeholder.isWord($0) && !words.contains($0) }
    }
    return words
  }

  private mutating func restart(_ plans: [(plan: ColumnPlan, isNoTime: Bool)]) {
    pass += 1
    (workerCount, rowCount, next) = (0, 0, 0)
    columns = plans.map {
      ColumnAssembly(
        $0.plan, capacity: document.rowCount, isNoTime: $0.isNoTime, keepsValues: keepsValues)
    }
  }

  mutating func finish(_ settings: ReadingSettings) -> CSVDocument {
    for i in done.indices where done[i] == nil && !firstPlans[i].isSkipped {
      done[i] = ColumnAssembly(firstPlans[i], capacity: 0, isNoTime: false).finished()
    }
    for (i, plan) in firstPlans.enumerated() where plan.wish == .any && keepsValues {
      guard let column = done[i], column.vector.type == .text, column.evidence.nearly == nil else {
        continue
      }
      done[i]?.evidence.nearly = NearlySearch.result(column.vector, settings)
    }
    document.columns = done
    return document
  }
}

extension ColumnVector {
  /// Whether it is a column of text with one of these words as a value.
  fileprivate func contains(anyOf words: [String]) -> Bool {
    let texts: TextVector
    switch storage {
    case .numbers: return false
    case .texts(let all), .coded(_, let all): texts = all
    }
    let words = words.map { Array($0.utf8) }
    return (0..<texts.count).contains { i in
      let text = texts.bytes[texts.range(i)]
      return text.count <= 16 && words.contains { text.elementsEqual($0) }
    }
  }
}
