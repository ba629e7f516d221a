import Synchronization

/// Reads RFC 4180 and what is met in practice: `,` `;` or tab, LF, CRLF or CR, a byte order mark,
/// blank lines, line ends inside quotes, no line end at the end.
///
/// Any number of workers take blocks of whole records in turn, read their columns side by side, and
/// put them together in the order of the file:
///
/// ```
/// file ─▶ BlockCutter ─▶ FieldBlock ─▶ ColumnParser ─▶ ColumnPart ─▶ ColumnAssembly ─▶ document
///         one at a time  └────── each worker by itself ──────┘       one at a time
/// ```
///
/// A column whose later values show that the earlier ones were taken for something else (`12`, `13`,
/// `n/a`) is read once more.
public final class CSVReader: Sendable {
  /// Why a file cannot be read.
  public enum Failure: Error, Sendable, Hashable {
    case interrupted
    /// A column has more text than a ``TextVector`` holds.
    case textTooLarge(column: Int)
    case recordTooLarge(line: Int)
    case tooManyRows
    /// It had other rows when it was read once more.
    case changed
  }

  /// So many bytes fit a processor's nearer caches together with what is made of them.
  public static let usualBlockSize = 1 << 18

  private let source: any ByteSource
  private let settings: ReadingSettings
  private let consumer: (any RowConsumer)?
  private let blockSize: Int
  private let width: Int
  private let isInterrupted: @Sendable () -> Bool
  private let cutter: Mutex<BlockCutter>
  private let assembly: Mutex<TableAssembly>

  /// A reader of a file whose header has so many columns, with a wish for each that is to be read.
  /// Where there is a `consumer`, it gets the rows, and the columns of the document are empty.
  public init(
    _ source: any ByteSource, columns: [ColumnWish?], settings: ReadingSettings,
    consumer: (any RowConsumer)? = nil, blockSize: Int = usualBlockSize,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.source = source
    self.settings = settings
    self.consumer = consumer
    self.blockSize = max(1, blockSize)
    self.isInterrupted = isInterrupted
    width = columns.count
    cutter = Mutex(BlockCutter(source, width: width, blockSize: self.blockSize))
    assembly = Mutex(
      TableAssembly(
        // What a worker codes by itself means nothing to a consumer.
        columns.map { ColumnPlan($0, order: settings.dateOrder, isCoded: consumer == nil) },
        byteCount: source.size,
        keepsValues: consumer == nil))
  }

  /// The header alone, of a file or of its beginning.
  public static func header(_ bytes: [UInt8]) -> [String] {
    var cutter = BlockCutter(MemorySource(bytes), width: 0, blockSize: bytes.count + 1)
    return cutter.header()
  }

  /// Reads the file. `onAllCores` runs what it is given once or several times at once, and returns
  /// when all are done. O(n).
  public func read(
    _ onAllCores: (@escaping @Sendable () -> Void) -> Void = { $0() }
  ) throws(Failure) -> CSVDocument {
    while true {
      onAllCores { self.work() }
      if let failure = cutter.withLock({ $0.failure }) { throw failure }
      let isDone = assembly.withLock { $0.failure != nil || !$0.beginsAnotherPass(settings) }
      if isDone { break }
      consumer?.startOver()
      cutter.withLock { $0 = BlockCutter(source, width: width, blockSize: blockSize) }
    }
    if let failure = assembly.withLock({ $0.failure }) { throw failure }
    return assembly.withLock { $0.finish() }
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
    block.isForeign = !UTF8Check.isValid(block.bytes.span, block.rowBytes)
    result.note(block)
    for (column, plan) in plans.enumerated() {
      parsers[column].read(block, column, plan, into: &result.parts[column])
    }
  }
}
