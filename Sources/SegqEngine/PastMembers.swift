public import SegqRecords

/// Customers who were in something at a time.
public struct PastMembers: Sendable {
  /// Those who are still there.
  public var rows: RowSet
  /// The ids of those who are customers no longer.
  public var gone: Set<Int64> = []

  public init(_ rows: RowSet) { self.rows = rows }

  public func union(_ other: PastMembers) -> PastMembers {
    var result = PastMembers(rows.union(other.rows))
    result.gone = gone.union(other.gone)
    return result
  }

  public func intersection(_ other: PastMembers) -> PastMembers {
    var result = PastMembers(rows.intersection(other.rows))
    result.gone = gone.intersection(other.gone)
    return result
  }

  public func subtracting(_ other: PastMembers) -> PastMembers {
    var result = PastMembers(rows.subtracting(other.rows))
    result.gone = gone.subtracting(other.gone)
    return result
  }
}

extension [Growth.Step] {
  /// Where the steps begin behind which nothing is unknown.
  private var beginning: Int? {
    lastIndex { step in
      switch step.change {
      case .loaded, .first: true
      case .changed, .added: false
      }
    }
  }

  /// The steps right before the beginning that tell when the members who were loaded then were added.
  private var additions: ArraySlice<Growth.Step> {
    guard let beginning else { return [] }
    let first = self[..<beginning].lastIndex { step in
      if case .added = step.change { return false }
      return true
    }
    return self[(first.map { $0 + 1 } ?? 0)..<beginning]
  }

  /// The first moment of which it is known who was in; nil: of none.
  public var firstKnown: Int64? {
    guard let beginning else { return nil }
    return self[beginning...].lazy.compactMap(\.when).first
  }

  /// Who was in behind the last step of a moment, by those who are in now; with `isBefore`, before the
  /// first step of it, but not before the first of all. Nil where that is not known.
  ///
  /// O(changes since).
  public func members(
    at moment: Int64, isBefore: Bool = false, now members: RowSet, of customers: Table
  ) -> PastMembers? {
    guard let beginning, let firstKnown, firstKnown <= moment else { return nil }
    var (bitmap, past) = (members.bitmap, PastMembers(members))
    for step in self[beginning...].reversed() {
      if let when = step.when, isBefore ? when < moment : when <= moment { break }
      guard case .changed(let joined, let left) = step.change else { break }
      take(joined, false, in: &bitmap, &past.gone, customers)
      take(left, true, in: &bitmap, &past.gone, customers)
    }
    past.rows = RowSet(bitmap)
    return past
  }

  /// Those of the members now who were in before a moment; who left meanwhile is not among them where
  /// it lies before what is known in one piece, but those who were added since are told. Nil where that
  /// is not known.
  public func membersStaying(
    since moment: Int64, now members: RowSet, of customers: Table
  ) -> PastMembers? {
    guard let firstKnown, !additions.isEmpty, moment <= firstKnown else {
      return self.members(at: moment, isBefore: true, now: members, of: customers)
    }
    guard var past = self.members(at: firstKnown, isBefore: true, now: members, of: customers)
    else { return nil }
    var bitmap = past.rows.bitmap
    for step in additions {
      guard case .added(let ids) = step.change, let when = step.when, when >= moment else {
        continue
      }
      take(ids, false, in: &bitmap, &past.gone, customers)
    }
    past.rows = RowSet(bitmap)
    return past
  }

  private func take(
    _ ids: IDSet, _ isIn: Bool, in bitmap: inout Bitmap, _ gone: inout Set<Int64>,
    _ customers: Table
  ) {
    let ids = ids.ids
    guard !ids.isEmpty, let index = customers.index else { return }
    for (id, row) in zip(ids, index.rows(of: ids)) {
      if row >= 0 {
        bitmap[Int(row)] = isIn
      } else if isIn {
        gone.insert(id)
      } else {
        gone.remove(id)
      }
    }
  }

  /// The last step that brought a customer in or out, of those that are known in one piece, or that
  /// which tells when they were added.
  public func lastChange(of id: Int64) -> Growth.Step? {
    guard let beginning else { return nil }
    let change = self[beginning...].last { step in
      guard case .changed(let joined, let left) = step.change else { return false }
      return joined.contains(id) || left.contains(id)
    }
    return change
      ?? additions.last { step in
        guard case .added(let ids) = step.change else { return false }
        return ids.contains(id)
      }
  }

  /// A row for each step: when, customers, joined, left, net. Of loaded members nobody knows what they
  /// changed, and of those added before that not how many others there were.
  public var table: Table {
    Table.of(
      map { step in
        let (joined, left) = step.counts
        return [
          step.when.map { .datetime($0) } ?? .null, Value(step.size),
          Value(joined), Value(left), Value(joined.flatMap { joined in left.map { joined - $0 } }),
        ]
      }, Growth.fields, name: "growth")
  }
}

extension Growth {
  public static let fields = [
    Field(name: "when", header: "when", type: .datetime),
    Field(name: "customers", header: "customers", type: .integer),
    Field(name: "joined", header: "joined", type: .integer),
    Field(name: "left", header: "left", type: .integer),
    Field(name: "net", header: "net", type: .integer),
  ]
}

extension Growth.Step {
  /// How many were in; nil where nobody knows.
  fileprivate var size: Int? {
    if case .added = change { return nil }
    return customers
  }

  /// How many joined and left; nil where nobody knows.
  fileprivate var counts: (joined: Int?, left: Int?) {
    switch change {
    case .added(let ids): (ids.count, nil)
    case .loaded: (nil, nil)
    case .first: (customers, 0)
    case .changed(let joined, let left): (joined.count, left.count)
    }
  }
}

extension Value {
  fileprivate init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
}
