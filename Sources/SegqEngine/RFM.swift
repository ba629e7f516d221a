import SegqRecords

/// Recency, frequency and money: how lately, how often and for how much a customer has bought.
///
/// A score is 1 + ⌊5 × (customers strictly worse) / (customers ranked)⌋: 5 is best, ties are alike.
/// Ranked are the customers with an order. The groups are Shopify's, by R and the mean of F and M.
public enum RFM {
  /// What the scores are called as columns of customers.
  public static let columnNames = ["rfm_recency", "rfm_frequency", "rfm_monetary", "rfm_group"]

  /// The four columns for each row of customers. O(n log n) in customers, O(n) in orders.
  public static func columns(
    of customers: Table, orders: Table, _ execution: Execution
  ) throws(EngineError) -> [Column] {
    let evaluator = Evaluator(execution)
    let date = (orders.dateColumn ?? orders.column(named: "date")).flatMap { column in
      orders.columns[column].values.type.isTemporal ? column : nil
    }
    let total = orders.column(named: "total").flatMap { column in
      [.integer, .decimal].contains(orders.columns[column].values.type) ? column : nil
    }
    func figure(_ function: Aggregate.Function, _ column: Int?) throws(EngineError) -> [Int64?] {
      let argument = column.map { BoundExpression.column($0, orders.columns[$0].values.type) }
      guard argument != nil || function == .count else {
        return [Int64?](repeating: nil, count: customers.rowCount)
      }
      let vector = try evaluator.values(
        .aggregate(Aggregate(function, over: [orders], of: argument)), customers,
        .range(0..<customers.rowCount))
      return (0..<customers.rowCount).map { vector[$0].number }
    }
    let counts = try figure(.count, nil)
    let ranked = customers.rowIndices.filter { counts[$0] ?? 0 > 0 }
    let unknown = [Int?](repeating: nil, count: customers.rowCount)
    let scores = [
      date == nil ? unknown : score(try figure(.maximum, date), ranked), score(counts, ranked),
      total == nil ? unknown : score(try figure(.sum, total), ranked),
    ]
    let groups = customers.rowIndices.map { row -> Value in
      guard let f = scores[1][row] else { return .text("Prospects") }
      // Orders without dates or totals tell no group.
      guard let r = scores[0][row], let m = scores[2][row] else { return .null }
      return .text(group(recency: r, value: (f + m + 1) / 2))
    }
    let headers = ["RFM Recency", "RFM Frequency", "RFM Monetary"]
    return headers.indices.map { i in
      let values = scores[i].map { score -> Value in score.map { .integer(Int64($0)) } ?? .null }
      return Column(
        Field(name: columnNames[i], header: headers[i], type: .integer),
        ColumnVector(values, type: .integer), isShown: false)
    } + [
      Column(
        Field(name: columnNames[3], header: "RFM Group", type: .text),
        DictionaryEncoder.encode(ColumnVector(groups, type: .text)), isShown: false)
    ]
  }

  /// The score of each ranked row; nil for the others. A value that is not known is the worst.
  static func score(_ values: [Int64?], _ ranked: [Int]) -> [Int?] {
    var scores = [Int?](repeating: nil, count: values.count)
    let ordered = ranked.sorted { (values[$0] ?? .min) < (values[$1] ?? .min) }
    var worse = 0
    for (i, row) in ordered.enumerated() {
      if i > 0, values[ordered[i - 1]] != values[row] { worse = i }
      scores[row] = 1 + 5 * worse / ordered.count
    }
    return scores
  }

  /// The group of a recency and of a mean of frequency and money, each 1 to 5.
  static func group(recency: Int, value: Int) -> String {
    switch (recency, value) {
    case (5, 1): "New"
    case (5, 2...3), (4, 2...3): "Active"
    case (5, _): "Champions"
    case (4, 1), (3, 1): "Promising"
    case (4, _), (3, 4...): "Loyal"
    case (3, _): "Needs attention"
    case (2, ...2): "Almost lost"
    case (2, _): "At risk"
    case (_, ...3): "Dormant"
    default: "Previously loyal"
    }
  }
}

extension Table {
  var rowIndices: Range<Int> { 0..<rowCount }
}
