import SegqBytes
import Synchronization

/// Reads the rows of a table into columns of values, whatever format its file has.
///
/// Any number of workers take blocks of whole records in turn, read their columns side by side, and
/// put them together in the order of the file:
///
/// ```
/// file ─▶ RecordCutter ─▶ FieldBlock ─▶ ColumnParser ─▶ ColumnPart ─▶ ColumnAssembly ─▶ document
///         one at a time   └────── each worker by itself ──────┘       one at a time
/// ```
///
/// A column whose later values show that the earlier ones were taken for something else (`12`, `13`,
/// `abc`) is read once more, and one whose values only make sense together (`1/2/2024`, `$5`) is counted
/// before that (``ColumnPlan``).
public final class TableReader: Sendable {
  /// So many bytes fit a processor's nearer caches together with what is made of them.
  public static let usualBlockSize = 1 << 18

  private let rows: RowSource
  private let settings: ReadingSettings
  private let consumer: (any RowConsumer)?
  private let width: Int
  private let isInterrupted: @Sendable () -> Bool
  private let cutter: Mutex<any RecordCutter>
  private let assembly: Mutex<TableAssembly>

  /// A reader of rows with so many fields, with a wish for each that is to be read. Where there is a
  /// `consumer`, it gets the rows, and the columns of the document are empty.
  init(
    _ rows: RowSource, columns: [ColumnWish?], settings: ReadingSettings,
    consumer: (any RowConsumer)? = nil, isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.rows = rows
    self.settings = settings
    self.consumer = consumer
    self.isInterrupted = isInterrupted
    width = columns.count
    cutter = Mutex(rows.cutter(columns.count))
    assembly = Mutex(
      TableAssembly(
        // What a worker codes by itself means nothing to a consumer.
        columns.map { ColumnPlan($0, isCoded: consumer == nil) }, byteCount: rows.byteCount,
        keepsValues: consumer == nil))
  }

  /// How many workers are worth their start: a short file is read before another has begun.
  public var usefulWorkers: Int { rows.byteCount / (2 * Self.usualBlockSize) + 1 }

  /// Reads the rows. `onAllCores` runs what it is given once or several times at once, and returns
  /// when all are done. O(n).
  public func read(
    _ onAllCores: (@escaping @Sendable () -> Void) -> Void = { $0() }
  ) throws(ReadingFailure) -> CSVDocument {
    while true {
      onAllCores { self.work() }
      if let failure = cutter.withLock({ $0.failure }) { throw cause(of: failure) }
      let isDone = assembly.withLock { $0.failure != nil || !$0.beginsAnotherPass(settings) }
      if isDone { break }
      consumer?.startOver()
      cutter.withLock { $0 = rows.cutter(width) }
    }
    if let failure = assembly.withLock({ $0.failure }) { throw cause(of: failure) }
    do throws(SourceFailure) { try rows.source.checkUnchanged() } catch { throw .source(error) }
    return assembly.withLock { $0.finish(settings) }
  }

  private func cause(of failure: ReadingFailure) -> ReadingFailure {
    failure.caused { () throws(SourceFailure) in try rows.source.checkUnchanged() }
  }

  /// What each worker does until there are no more blocks.
  private func work() {
    var worker = Worker(assembly.withLock { $0.newWorker() }, settings, width: width)
    while cutter.withLock({ $0.cut(&worker.block, isInterrupted: isInterrupted) }) {
      guard let plans = assembly.withLock({ $0.plans }) else { return }
      worker.read(plans)
      consumer?.take(ReadRows(worker.result))
      assembly.withLock { $0.take(&worker.result, of: worker.number) }
    }
  }
}

/// What a table's rows are cut from, as often as they are read.
struct RowSource: Sendable {
  let source: any ByteSource
  /// About how many bytes the rows take in blocks.
  let byteCount: Int
  /// A cutter that begins with the first row, of so many fields.
  let cutter: @Sendable (_ width: Int) -> any RecordCutter
}

/// One of those who read blocks at the same time.
private struct Worker {
  let number: Int
  var block = FieldBlock()
  var result = BlockResult()
  private var parsers: [ColumnParser]

  init(_ number: Int, _ settings: ReadingSettings, width: Int) {
    self.number = number
    parsers = (0..<width).map { _ in ColumnParser(settings: settings) }
  }

  /// Reads all columns of the block.
  mutating func read(_ plans: [ColumnPlan]) {
    block.removeRepeats()
    block.isForeign = !UTF8Check.isValid(block.bytes.span, block.rowBytes)
    result.note(block)
    for (column, plan) in plans.enumerated() {
      parsers[column].read(block, column, plan, into: &result.parts[column])
    }
  }
}
