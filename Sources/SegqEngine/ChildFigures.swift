import SegqRecords

extension Evaluator {
  /// Whether each of neighbouring rows has a child that counts; nil for another figure.
  func childExists(_ aggregate: Aggregate, _ parents: Range<Int>) throws(EngineError) -> Truth? {
    guard aggregate.function == .exists, aggregate.isSimple else { return nil }
    let mask = try counted(aggregate, children(of: parents, aggregate.path)).mask
    // Working the mask out may have moved it.
    let place = place(ofChildrenOf: parents, aggregate.path)
    return Truth(yes: families[place].any(mask))
  }

  /// The figure over the children of each of neighbouring rows, in one pass over both; nil where it
  /// must be collected value by value.
  func childFigure(
    _ aggregate: Aggregate, _ parents: Range<Int>
  ) throws(EngineError) -> ColumnVector? {
    guard aggregate.isSimple else { return nil }
    let children = children(of: parents, aggregate.path)
    let (values, mask) = try counted(aggregate, children)
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

  /// The children of neighbouring rows; those that were asked for last are remembered.
  private func children(of parents: Range<Int>, _ path: [Table]) -> Children {
    families[place(ofChildrenOf: parents, path)]
  }

  private func place(ofChildrenOf parents: Range<Int>, _ path: [Table]) -> Int {
    if let known = families.firstIndex(where: { $0.are(of: parents, path) }) { return known }
    if families.count == Self.mostFamilies { families.removeAll() }
    families.append(Children(of: parents, path: path))
    return families.count - 1
  }

  /// Of all tables of a store, and of these the children.
  private static let mostFamilies = 16

  /// The numbers of the children, and which of them count; nil where all do.
  private func counted(
    _ aggregate: Aggregate, _ children: Children
  ) throws(EngineError) -> (values: [Int64], mask: Bitmap?) {
    let mask = try aggregate.filter.map { (filter) throws(EngineError) in
      try truth(filter, children.table, .range(children.rows)).yes
    }
    guard let argument = aggregate.argument else { return ([], mask) }
    let vector = try values(argument, children.table, .range(children.rows))
    let known = vector.nulls.map { nulls in mask.map { $0 - nulls } ?? ~nulls } ?? mask
    return (vector.numbers ?? [], known)
  }
}

extension Aggregate {
  /// Whether it is over children, and numbers alone make it.
  fileprivate var isSimple: Bool {
    guard !path.isEmpty, members == nil else { return false }
    return switch function {
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
