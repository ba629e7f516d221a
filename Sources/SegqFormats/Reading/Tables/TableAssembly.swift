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
    if !keepsValues, old.contains(where: { $0.nextPlan != nil }) {
      // What was taken is void, that of the other columns too.
      restart(old.map { ($0.nextPlan ?? $0.plan, false) })
      return true
    }
    var isNeeded = false
    var plans: [(ColumnPlan, Bool)] = []
    for (i, column) in old.enumerated() {
      if let next = column.planAfter(settings: settings) {
        plans.append(next)
        isNeeded = true
      } else {
        if done[i] == nil { done[i] = column.finished() }
        plans.append((ColumnPlan(nil, order: nil), false))
      }
    }
    guard isNeeded else { return false }
    restart(plans)
    return true
  }

  private mutating func restart(_ plans: [(ColumnPlan, Bool)]) {
    pass += 1
    (workerCount, rowCount, next) = (0, 0, 0)
    columns = plans.map {
      ColumnAssembly(
        $0.0, capacity: document.rowCount, isNoTime: $0.1, keepsValues: keepsValues)
    }
  }

  mutating func finish() -> CSVDocument {
    for i in done.indices where done[i] == nil && !firstPlans[i].isSkipped {
      done[i] = ColumnAssembly(firstPlans[i], capacity: 0, isNoTime: false).finished()
    }
    document.columns = done
    return document
  }
}
