import SegqRecords

/// What an evaluator knows of the parts that conditions have in common, for the rows of one group.
struct CommonParts {
  private let table: Table?
  /// The rows of the table that the conditions are asked of.
  private let rows: Range<Int>
  /// The parts, prepared.
  fileprivate let expressions: [BoundExpression]
  fileprivate var truths: [Int: Known<Truth>] = [:]
  fileprivate var values: [Int: Known<ColumnVector>] = [:]

  /// What a part came to for neighbouring rows, of the table or of its children.
  fileprivate struct Known<Answer> {
    let rows: Range<Int>
    let answer: Answer
  }

  init(_ expressions: [BoundExpression] = [], of table: Table? = nil, for rows: Range<Int> = 0..<0)
  {
    (self.expressions, self.table, self.rows) = (expressions, table, rows)
  }

  /// A row of a list costs as much as so many neighbours.
  private static let costOfListed = 4

  /// Neighbours of ascending rows for which the part is known, or should be: where all that ask for
  /// as many take longer, all are worked out at once.
  fileprivate func neighbours(
    of list: [Int32], known: Range<Int>?, _ part: SharedParts.Part, of table: Table
  ) -> Range<Int>? {
    guard let first = list.first, let last = list.last else { return nil }
    if let known, known.contains(Int(first)), known.contains(Int(last)) { return known }
    return table === self.table && list.count * part.uses * Self.costOfListed >= rows.count
      ? rows : nil
  }
}

extension Evaluator {
  /// What a condition that is common to several says of each row.
  func truth(
    _ part: SharedParts.Part, _ table: Table, _ rows: Rows
  ) throws(EngineError) -> Truth {
    try answer(part, table, rows, \.truths) { (rows) throws(EngineError) in
      try truth(common.expressions[part.place], table, rows)
    } pick: {
      $0.picked($1)
    }
  }

  /// The values of what is common to several conditions.
  func values(
    _ part: SharedParts.Part, _ table: Table, _ rows: Rows
  ) throws(EngineError) -> ColumnVector {
    try answer(part, table, rows, \.values) { (rows) throws(EngineError) in
      try values(common.expressions[part.place], table, rows)
    } pick: {
      $0.gathered($1)
    }
  }

  private func answer<Answer>(
    _ part: SharedParts.Part, _ table: Table, _ rows: Rows,
    _ place: WritableKeyPath<CommonParts, [Int: CommonParts.Known<Answer>]>,
    _ work: (Rows) throws(EngineError) -> Answer, pick: (Answer, [Int32]) -> Answer
  ) throws(EngineError) -> Answer {
    let known = common[keyPath: place][part.place]
    switch rows {
    case .range(let range):
      if let known, known.rows == range { return known.answer }
      let answer = try work(rows)
      common[keyPath: place][part.place] = CommonParts.Known(rows: range, answer: answer)
      return answer
    case .list(let list):
      guard let range = common.neighbours(of: list, known: known?.rows, part, of: table) else {
        return try work(rows)
      }
      let all = try self.answer(part, table, .range(range), place, work, pick: pick)
      let start = Int32(truncatingIfNeeded: range.lowerBound)
      return pick(all, list.map { $0 - start })
    case .dictionary: preconditionFailure("what is computed for a dictionary is not shared")
    }
  }
}

extension Truth {
  /// What was said of the rows at these positions.
  fileprivate func picked(_ positions: [Int32]) -> Truth {
    func picked(_ bits: Bitmap) -> Bitmap {
      var result = Bitmap(count: positions.count)
      for (i, position) in positions.enumerated() where bits[Int(position)] { result[i] = true }
      return result
    }
    return Truth(yes: picked(yes), unknown: unknown.map(picked))
  }
}
