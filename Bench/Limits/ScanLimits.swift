import Dispatch
import Glibc
import SegqEngine
import SegqRecords

/// Scans on both cores, beside a sum and memchr on both cores.
extension Limits {
  static func reportScans() {
    var dice = Dice()
    let numbers = (0..<rowCount).map { _ in Int64(dice.next() >> 34) }
    let words = (0..<997).map { _ in
      String(
        (0..<4 + dice.roll(12)).map { _ in Character(UnicodeScalar(UInt8(97 + dice.roll(26)))) })
    }
    let names = TextVector((0..<rowCount).map { _ in words[dice.roll(words.count)] })
    let table = Table(
      name: "t",
      columns: [
        Column(field("n", .integer), ColumnVector(type: .integer, storage: .numbers(numbers))),
        Column(field("t", .text), ColumnVector(type: .text, storage: .texts(names))),
      ], rowCount: rowCount)
    let stored = numbers.map { UInt32($0) }
    report(
      "count of numbers in a range",
      { count(table, .within(.column(0, .integer), low: 1 << 27, high: 3 << 27)) },
      beside: "sum of the 4-byte numbers", isSame: false,
      { onBothCores(rowCount) { rows in stored[rows].reduce(0) { $0 &+ Int($1) } } })
    for (name, isExact) in [("either case", false), ("exact case", true)] {
      let pattern = TextPattern(.contains, "zqxj", isExact: isExact)
      report(
        "count of texts with a word in them, \(name)",
        { count(table, .match(pattern, .column(1, .text))) },
        beside: "memchr over the \(names.bytes.count / 1_000_000) MB", isSame: false,
        { onBothCores(names.bytes.count) { hasByte(1, names.bytes[$0]) ? 1 : 0 } })
    }
  }

  private static func field(_ name: String, _ type: DataType) -> Field {
    Field(name: name, header: name, type: type)
  }

  private static func count(_ table: Table, _ condition: BoundExpression) -> Int {
    let (number, figure) = (field("n", .integer), Aggregate(.count, over: [], of: nil))
    let plan = QueryPlan(
      .aggregate(.filter(.scan(table, nil), condition), keys: [], figures: [(number, figure)]),
      showing: [NamedExpression(number, .column(0, .integer))])
    let both = Execution(onAllCores: { work in
      DispatchQueue.concurrentPerform(iterations: 2) { _ in work() }
    })
    guard let answer = try? Answer(plan, both), let batch = try? answer.batch(0..<1) else {
      fatalError("nothing can go wrong here")
    }
    return Int(batch.columns[0][0].number ?? -1)
  }

  private static func hasByte(_ byte: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe memchr(start, byte, bytes.count) != nil
    }
  }

  /// What two halves give, together.
  private static func onBothCores(
    _ count: Int, _ body: @escaping @Sendable (Range<Int>) -> Int
  ) -> Int {
    let half = count / 2
    return withUnsafeTemporaryAllocation(of: Int.self, capacity: 2) { results in
      nonisolated(unsafe) let results = unsafe results
      DispatchQueue.concurrentPerform(iterations: 2) { part in
        unsafe results[part] = body(part == 0 ? 0..<half : half..<count)
      }
      return unsafe results[0] + results[1]
    }
  }
}
