import SegqRecords

/// The children of neighbouring rows, which are neighbours too.
private struct Children {
  let table: Table
  /// Those of all the rows.
  let rows: Range<Int>
  /// Where the children of each row begin among them, and behind the last where they end.
  let starts: [Int32]

  /// Along a path of any length: a customer's items are those of the orders that are neighbours.
  init(of parents: Range<Int>, path: [Table]) {
    guard let link = path.first?.parent, let table = path.last else {
      preconditionFailure("a path goes from a table to its children")
    }
    var starts = link.offsets.array(parents.lowerBound..<parents.upperBound + 1)
    for child in path.dropFirst() {
      guard let next = child.parent else { preconditionFailure("\(child.name) hangs on nothing") }
      let offsets = next.offsets.span
      for i in starts.indices { starts[i] = offsets[Int(starts[i])] }
    }
    let first = starts[0]
    rows = Int(first)..<Int(starts[starts.count - 1])
    for i in starts.indices { starts[i] &-= first }
    self.table = table
    self.starts = starts
  }

  /// How many of the children of each row are set.
  func counts(_ mask: Bitmap?) -> [Int64] {
    guard let mask else {
      return zip(starts, starts.dropFirst()).map { Int64($1 &- $0) }
    }
    var ranks: [Int32] = []
    ranks.reserveCapacity(mask.words.count + 1)
    var sum: Int32 = 0
    for word in mask.words {
      ranks.append(sum)
      sum &+= Int32(truncatingIfNeeded: word.nonzeroBitCount)
    }
    ranks.append(sum)
    let words = mask.words + [0]
    func rank(_ place: Int32) -> Int32 {
      let index = Int(place >> 6)
      let below = words[index] & ((1 &<< UInt64(truncatingIfNeeded: place & 63)) &- 1)
      return ranks[index] &+ Int32(truncatingIfNeeded: below.nonzeroBitCount)
    }
    var last = rank(starts[0])
    return starts.dropFirst().map { start in
      let next = rank(start)
      defer { last = next }
      return Int64(next &- last)
    }
  }

  /// The sums of the set children of each row; nil where one might leave 64 bits on the way.
  ///
  /// As differences of running sums, which take no branch.
  func sums(_ values: [Int64], _ mask: Bitmap?) -> [Int64]? {
    guard Self.areSmall(values) else { return nil }
    var running: [Int64] = []
    running.append(addingCapacity: values.count + 1) { out in
      var sum: Int64 = 0
      out.append(0)
      let values = values.span
      guard let words = mask?.words else {
        for i in values.indices {
          sum &+= values[i]
          out.append(sum)
        }
        return
      }
      let bits = words.span
      for i in values.indices {
        let bit = bits[i >> 6] &>> UInt64(truncatingIfNeeded: i & 63) & 1
        sum &+= values[i] & (0 &- Int64(truncatingIfNeeded: bit))
        out.append(sum)
      }
    }
    var last = running[Int(starts[0])]
    return starts.dropFirst().map { start in
      let next = running[Int(start)]
      defer { last = next }
      return next &- last
    }
  }

  /// Whether no sum of any of the values leaves 64 bits.
  private static func areSmall(_ values: [Int64]) -> Bool {
    var bits: UInt64 = 0
    for value in values { bits |= UInt64(bitPattern: value ^ value >> 63) }
    return 64 - bits.leadingZeroBitCount + 64 - values.count.leadingZeroBitCount < 63
  }

  /// Goes through the set children of each row.
  @inline(__always)
  private func each(
    _ mask: Bitmap?, from start: Int64, _ body: (Int64, Int) -> Int64
  ) -> [Int64] {
    var first = Int(starts[0])
    return starts.dropFirst().map { end in
      var result = start
      for row in first..<Int(end) where mask?[row] ?? true { result = body(result, row) }
      first = Int(end)
      return result
    }
  }

  /// The least or greatest of the set children; what is given for none is of no meaning.
  func extremes(_ values: [Int64], _ mask: Bitmap?, isMinimum: Bool) -> [Int64] {
    isMinimum
      ? each(mask, from: .max) { min($0, values[$1]) }
      : each(mask, from: .min) { max($0, values[$1]) }
  }
}

extension Evaluator {
  /// The figure over the children of each of neighbouring rows, in one pass over both; nil where it
  /// must be collected value by value.
  func childFigure(
    _ aggregate: Aggregate, _ parents: Range<Int>
  ) throws(EngineError) -> ColumnVector? {
    guard !aggregate.path.isEmpty, aggregate.members == nil, aggregate.isSimple else { return nil }
    let children = Children(of: parents, path: aggregate.path)
    var mask = try aggregate.filter.map { (filter) throws(EngineError) in
      try truth(filter, children.table, .range(children.rows)).yes
    }
    var values: [Int64] = []
    if let argument = aggregate.argument {
      let vector = try self.values(argument, children.table, .range(children.rows))
      if let nulls = vector.nulls { mask = mask.map { $0 - nulls } ?? ~nulls }
      values = vector.numbers ?? []
    }
    return try figure(aggregate, children, values, mask)
  }

  private func figure(
    _ aggregate: Aggregate, _ children: Children, _ values: [Int64], _ mask: Bitmap?
  ) throws(EngineError) -> ColumnVector? {
    switch aggregate.function {
    case .count: return aggregate.vector(children.counts(mask))
    case .exists: return aggregate.vector(children.counts(mask).map { min($0, 1) })
    case .sum: return children.sums(values, mask).map { aggregate.vector($0) }
    case .average:
      let counts = children.counts(mask)
      guard let sums = children.sums(values, mask) else { return nil }
      return aggregate.vector(try aggregate.means(sums, counts), seen: counts)
    case .minimum, .maximum:
      let least = aggregate.function == .minimum
      return aggregate.vector(
        children.extremes(values, mask, isMinimum: least), seen: children.counts(mask))
    case .countDistinct, .percentile, .nth, .share: return nil
    }
  }
}

extension Aggregate {
  /// Whether numbers alone make it.
  fileprivate var isSimple: Bool {
    switch function {
    case .count, .exists: true
    case .sum, .average, .minimum, .maximum: argument?.type != .text
    case .countDistinct, .percentile, .nth, .share: false
    }
  }

  /// Null where nothing was seen.
  fileprivate func vector(_ numbers: [Int64], seen: [Int64]? = nil) -> ColumnVector {
    var numbers = numbers
    var nulls: Bitmap?
    if let seen {
      var missing = Bitmap(count: numbers.count)
      for (i, count) in seen.enumerated() where count == 0 {
        // What is computed from it must not leave 64 bits.
        (missing[i], numbers[i]) = (true, 0)
      }
      nulls = missing
    }
    return ColumnVector(type: type, storage: .numbers(numbers), nulls: nulls)
  }

  /// Sums divided by counts, where there are any.
  fileprivate func means(_ sums: [Int64], _ counts: [Int64]) throws(EngineError) -> [Int64] {
    let scale: Int128 = argument?.type == .integer ? Int128(Decimal.scale) : 1
    var means: [Int64] = []
    means.reserveCapacity(sums.count)
    for (sum, count) in zip(sums, counts) {
      let mean = count == 0 ? 0 : Rounding.divide(Int128(sum) * scale, Int128(count))
      guard let mean = Int64(exactly: mean) else { throw .overflow("an average") }
      means.append(mean)
    }
    return means
  }
}
