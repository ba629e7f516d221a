import SegqRecords

/// Some rows of a table that are looked at together.
enum Rows: Sendable {
  case range(Range<Int>)
  case list([Int32])
  /// Not rows but the entries of a coded column's dictionary, and null behind them.
  case dictionary(column: Int, count: Int)

  var count: Int {
    switch self {
    case .range(let range): range.count
    case .list(let list): list.count
    case .dictionary(_, let count): count + 1
    }
  }

  /// Whether they are rows, and not entries of a dictionary.
  var areOfTable: Bool {
    switch self {
    case .range, .list: true
    case .dictionary: false
    }
  }

  func row(_ position: Int) -> Int {
    switch self {
    case .range(let range): range.lowerBound + position
    case .list(let list): Int(list[position])
    case .dictionary: position
    }
  }

  /// The rows at the set positions.
  func filtered(_ mask: Bitmap) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(mask.setCount)
    mask.forEachSet { result.append(Int32(truncatingIfNeeded: row($0))) }
    return result
  }

  /// The children of these rows, and to which position each belongs.
  func children(along link: ParentLink) -> (rows: Rows, owners: [Int32]) {
    var owners: [Int32] = []
    func own(_ position: Int, _ children: Range<Int32>) {
      for _ in children { owners.append(Int32(truncatingIfNeeded: position)) }
    }
    switch self {
    case .range(let range):
      let offsets = link.offsets.span
      let children = Int(offsets[range.lowerBound])..<Int(offsets[range.upperBound])
      owners.reserveCapacity(children.count)
      for row in range { own(row - range.lowerBound, offsets[row]..<offsets[row + 1]) }
      return (.range(children), owners)
    case .list(let list):
      var rows: [Int32] = []
      for (position, row) in list.enumerated() {
        let children = link.children(of: Int(row))
        rows.append(contentsOf: children)
        own(position, children)
      }
      return (.list(rows), owners)
    case .dictionary: preconditionFailure("a dictionary has no children")
    }
  }

  /// The rows of the parent; −1 where there is none.
  func parents(along link: ParentLink) -> [Int32] {
    switch self {
    case .range(let range): link.parents(of: range)
    case .list(let list): link.parents(of: list)
    case .dictionary: preconditionFailure("a dictionary has no parents")
    }
  }
}

/// Which rows of a table a plan has come to.
enum RowSelection: Sendable {
  case all(Int)
  case some(RowSet)
  /// In this order.
  case list([Int32])

  var count: Int {
    switch self {
    case .all(let count): count
    case .some(let set): set.count
    case .list(let list): list.count
    }
  }

  /// How many rows are worked on at once: small enough for the caches, and the interrupt is looked
  /// at between two such groups.
  static let groupSize = 65_536

  /// How many groups of neighbours there are.
  var groupCount: Int {
    let rows =
      switch self {
      case .all(let count): count
      case .some(let set): set.rowCount
      case .list(let list): list.count
      }
    return (rows + Self.groupSize - 1) / Self.groupSize
  }

  /// The rows of a group; nil where it has none.
  func group(_ number: Int) -> Rows? {
    let start = number * Self.groupSize
    switch self {
    case .all(let count): return .range(start..<min(start + Self.groupSize, count))
    case .some(let set):
      let range = start..<min(start + Self.groupSize, set.rowCount)
      let rows = Rows.range(range).filtered(set.slice(range))
      return rows.isEmpty ? nil : rows.count == range.count ? .range(range) : .list(rows)
    case .list(let list): return .list(Array(list[start..<min(start + Self.groupSize, list.count)]))
    }
  }

  /// The rows in groups of neighbours.
  func forEachGroup(_ body: (Rows) throws(EngineError) -> Void) throws(EngineError) {
    for number in 0..<groupCount {
      if let rows = group(number) { try body(rows) }
    }
  }

  /// Rows `range` of the selection, as one.
  func part(_ range: Range<Int>) -> RowSelection {
    if range == 0..<count { return self }
    return switch self {
    case .all: .list(range.map { Int32(truncatingIfNeeded: $0) })
    case .list(let list): .list(Array(list[range]))
    case .some(let set): .list(set.rows(range))
    }
  }

  /// All the rows, in order.
  var rows: [Int32] {
    switch self {
    case .all(let count): Array(0..<Int32(count))
    case .some(let set): set.rows
    case .list(let list): list
    }
  }

  /// Rows `range` of the selection.
  func window(_ range: Range<Int>) -> Rows {
    switch self {
    case .all: .range(range)
    case .list(let list): .list(Array(list[range]))
    case .some(let set): .list(set.rows(range))
    }
  }
}
