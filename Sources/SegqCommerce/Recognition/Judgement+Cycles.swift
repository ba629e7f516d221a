// Tables that name each other: Stripe's payouts have a `balance_transaction_id`, and its balance
// transactions a `payout_id`. Rows belong upwards only, so one of the two is no link.
extension Judgement {
  /// Takes links away until no table belongs to itself by way of others. Of the links of a circle that
  /// one goes whose values are most often all different: many transactions have one payout.
  func breakCircles(_ shapes: inout [TableShape]) {
    while let circle = circle(of: shapes) {
      let weakest = circle.max { one, other in
        (distinctness(one, shapes), one.from) < (distinctness(other, shapes), other.from)
      }
      guard let weakest else { return }
      for file in shapes.indices where shapes[file].name == weakest.from {
        shapes[file].links.removeAll { $0.table == weakest.to }
      }
    }
  }

  private struct Edge: Hashable {
    let from: String
    let to: String
  }

  /// The links of one circle; nil where there is none.
  private func circle(of shapes: [TableShape]) -> [Edge]? {
    var next: [String: [String]] = [:]
    for shape in shapes { next[shape.name, default: []] += shape.links.map(\.table) }
    var isDone: Set<String> = []
    for start in next.keys.sorted() where !isDone.contains(start) {
      var path = [start]
      var rest = [next[start] ?? []]
      while let options = rest.last {
        guard let table = options.last else {
          isDone.insert(path.removeLast())
          rest.removeLast()
          continue
        }
        rest[rest.count - 1].removeLast()
        if let first = path.firstIndex(of: table) {
          let circle = path[first...] + [table]
          return zip(circle, circle.dropFirst()).map { Edge(from: $0, to: $1) }
        }
        guard !isDone.contains(table), next[table] != nil else { continue }
        path.append(table)
        rest.append(next[table] ?? [])
      }
    }
    return nil
  }

  /// The share of different values among those of a link.
  private func distinctness(_ edge: Edge, _ shapes: [TableShape]) -> Double {
    let shares = shapes.indices.compactMap { file -> Double? in
      guard shapes[file].name == edge.from,
        let link = shapes[file].links.first(where: { $0.table == edge.to })
      else { return nil }
      let profile = sheets[file].profiles[link.column]
      return profile.known == 0 ? nil : Double(profile.distinct.count) / Double(profile.known)
    }
    return shares.max() ?? 2
  }
}
