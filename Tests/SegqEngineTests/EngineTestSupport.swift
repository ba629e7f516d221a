import Dispatch
import SegqRecords

@testable import SegqEngine

/// The same numbers each time.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// From 0 up to, not including, `bound`.
  mutating func roll(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}

extension Execution {
  /// Two threads at once.
  static let twoThreads = Execution(onAllCores: { work in
    DispatchQueue.concurrentPerform(iterations: 2) { _ in work() }
  })
}

extension ColumnVector {
  /// Numbers in the unit of the type.
  static func numbers(_ values: [Int64?], _ type: DataType = .integer) -> ColumnVector {
    var nulls = Bitmap(count: values.count)
    for (row, value) in values.enumerated() where value == nil { nulls[row] = true }
    return ColumnVector(
      type: type, storage: .numbers(values.map { $0 ?? 0 }), nulls: nulls.isEmpty ? nil : nulls)
  }

  /// Texts as they are, or as codes into a dictionary in the order in which they come.
  static func texts(_ values: [String?], areCoded: Bool = false) -> ColumnVector {
    var nulls = Bitmap(count: values.count)
    for (row, value) in values.enumerated() where value == nil { nulls[row] = true }
    let found = nulls.isEmpty ? nil : nulls
    guard areCoded else {
      return ColumnVector(
        type: .text, storage: .texts(TextVector(values.map { $0 ?? "" })), nulls: found)
    }
    var codes: [String: Int32] = [:]
    var dictionary = TextVector()
    let coded = values.map { value -> Int32 in
      guard let value else { return 0 }
      if let code = codes[value] { return code }
      let code = Int32(codes.count)
      codes[value] = code
      dictionary.append(value)
      return code
    }
    return ColumnVector(type: .text, storage: .coded(coded, dictionary), nulls: found)
  }
}

extension Table {
  /// A table of these columns, which are called a, b, c, …
  static func of(_ vectors: [ColumnVector], parent: ParentLink? = nil) -> Table {
    let columns = vectors.enumerated().map { place, vector in
      let name = String(UnicodeScalar(UInt8(97 + place)))
      return Column(Field(name: name, header: name, type: vector.type), vector)
    }
    return Table(
      name: "t", columns: columns, rowCount: vectors.first?.count ?? 0, parent: parent)
  }
}

extension Plan {
  /// The rows that it comes to, in their order.
  func rows(_ execution: Execution = Execution()) throws -> [Int32] {
    try run(Evaluator(execution)).rows.rows
  }
}

extension QueryPlan {
  /// What it shows, a value a column.
  func values(_ execution: Execution = Execution()) throws -> [[Value]] {
    let answer = try Answer(self, execution)
    var rows: [[Value]] = []
    for start in stride(from: 0, to: answer.rowCount, by: Answer.batchSize) {
      let batch = try answer.batch(start..<min(start + Answer.batchSize, answer.rowCount))
      rows += (0..<batch.rowCount).map { row in batch.columns.map { $0[row] } }
    }
    return rows
  }
}

extension NamedExpression {
  init(_ expression: BoundExpression) {
    self.init(Field(name: "x", header: "x", type: expression.type), expression)
  }
}

/// A table of three row groups and a bit, with every kind of column; its values in arrays beside it.
///
/// The zones of its row groups differ: some conditions all rows of a group fulfil, or none.
struct WideTable {
  static let rowCount = 3 * RowSelection.groupSize + 77
  static let shared = WideTable()

  /// In columns `bytes`, `halves`, `words`, `whole`, `empty`.
  var numbers: [[Int64?]] = []
  /// In columns `few`, `many`, `free`.
  var texts: [[String?]] = []
  let table: Table

  enum Name: Int {
    case bytes, halves, words, whole, empty, few, many, free
  }

  static func column(_ name: Name) -> BoundExpression {
    .column(name.rawValue, name.rawValue < Name.few.rawValue ? .integer : .text)
  }

  init() {
    var dice = Dice(11)
    let rows = 0..<Self.rowCount
    // −100 … −51 and null; −100 … 99 and null; 7 alone; null alone.
    let bytes = rows.map { row -> Int64? in
      switch row / RowSelection.groupSize {
      case 0: dice.roll(9) == 0 ? nil : Int64(dice.roll(50) - 100)
      case 1: dice.roll(9) == 0 ? nil : Int64(dice.roll(200) - 100)
      case 2: 7
      default: nil
      }
    }
    let halves = rows.map { _ in Int64(dice.roll(40_000) - 20_000) }
    // Ascending but for some noise, as the instants of orders are.
    let words = rows.map { row in
      dice.roll(20) == 0 ? nil : 1_600_000_000 + Int64(row) * 500 + Int64(dice.roll(90_000))
    }
    let ends: [Int64?] = [.min, .max, .min + 1, .max - 1, nil, 0, -1, 1]
    let whole = rows.map { _ in
      let place = dice.roll(20)
      return place < ends.count ? ends[place] : Int64(dice.roll(1 << 30)) << 20
    }
    numbers = [bytes, halves, words, whole, rows.map { _ in nil }]
    let some: [String?] = ["Ab", "aB", "c", "Éa", "éa", "", nil]
    let few = rows.map { row in
      row < RowSelection.groupSize ? some[dice.roll(2)] : some[dice.roll(some.count)]
    }
    let many = rows.map { _ in dice.roll(30) == 0 ? nil : "Code \(dice.roll(300))" }
    let free = rows.map { row -> String? in
      switch dice.roll(12) {
      case 0: nil
      case 1: ""
      case 2: "Straße \(row % 1000)"
      case 3: "STRASSE \(row % 1000)"
      default: "Row \(dice.roll(60_000)) of \(dice.roll(10))"
      }
    }
    texts = [few, many, free]
    table = Table.of(
      numbers.map { .numbers($0) }
        + [.texts(few, areCoded: true), .texts(many, areCoded: true), .texts(free)])
  }
}
