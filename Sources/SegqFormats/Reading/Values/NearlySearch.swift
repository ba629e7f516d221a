import SegqRecords

/// Finds what nearly all values of a text column are: `9, 100, abc` are numbers but for one.
///
/// Gives up soon where most values are no such thing, so that names and emails cost nothing. O(n) else.
struct NearlySearch {
  private let reader: ValueReader
  private var counts = [Kind: Int]()
  private var total = 0
  /// The first value of another kind, for each kind.
  private var others: [Kind: Tally] = [:]

  private enum Kind: CaseIterable {
    case number, time, boolean

    var type: DataType {
      switch self {
      case .number: .decimal
      case .time: .date
      case .boolean: .boolean
      }
    }
  }

  /// So many more values of another kind show that a column is text.
  private static let enough = 1000

  private init(_ settings: ReadingSettings) { reader = ValueReader(.any, settings) }

  /// Nil where no kind has most of the values.
  static func result(_ column: ColumnVector, _ settings: ReadingSettings) -> ColumnEvidence.Nearly?
  {
    var search = NearlySearch(settings)
    switch column.storage {
    case .numbers: return nil
    case .texts(let texts):
      for row in 0..<texts.count where !column.isNull(row) {
        search.add(row, texts.bytes[texts.range(row)])
        if search.isHopeless { return nil }
      }
    case .coded(let codes, let texts):
      for row in codes.indices where !column.isNull(row) {
        search.add(row, texts.bytes[texts.range(Int(codes[row]))])
        if search.isHopeless { return nil }
      }
    }
    return search.result
  }

  private mutating func add(_ row: Int, _ text: ArraySlice<UInt8>) {
    let text = Blanks.trimmed(text)
    guard !text.isEmpty else { return }
    let found: Kind?
    switch reader.sort(text) {
    case .number: found = .number
    case .time: found = .time
    case .boolean: found = .boolean
    case nil:
      if reader.isZeroTime(text) || Placeholder.isOne(text) { return }
      found = nil
    }
    total += 1
    for kind in Kind.allCases {
      if kind == found {
        counts[kind, default: 0] += 1
      } else {
        others[kind, default: Tally()].add(row, text)
      }
    }
  }

  private var most: (kind: Kind, count: Int)? {
    counts.max { $0.value < $1.value }.map { ($0.key, $0.value) }
  }

  private var isHopeless: Bool {
    let count = most?.count ?? 0
    return total - count > count + Self.enough
  }

  private var result: ColumnEvidence.Nearly? {
    guard let (kind, count) = most, count * 2 > total, let others = others[kind] else { return nil }
    return .init(type: kind.type, fits: count, others: others)
  }
}
