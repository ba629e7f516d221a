import SegqRecords

/// What happened to the members of a segment, oldest first.
///
/// Only changes are kept, by customers' ids, so that they stand whatever rows are loaded later. Who was
/// in at a time is told backwards from those who are in now.
public struct Growth: Sendable {
  /// One refresh, or one load that changed who is in.
  public struct Step: Sendable, Hashable {
    /// Seconds since 1970; nil where nobody said.
    public var when: Int64?
    /// How many were in then.
    public var customers: Int
    public var change: Change

    public init(when: Int64?, customers: Int, change: Change) {
      (self.when, self.customers, self.change) = (when, customers, change)
    }
  }

  /// What a step changed.
  public enum Change: Sendable, Hashable {
    /// Those of the members loaded next who had been added on a day, as their file says; of who left
    /// before that nobody knows.
    case added(IDSet)
    /// Members were loaded; nobody knows who was in before.
    case loaded
    /// A first refresh: all of them joined.
    case first
    case changed(joined: IDSet, left: IDSet)
  }

  /// Steps that a workspace has, which are read when somebody asks.
  public var kept: (any KeptSteps)?
  /// Those behind them.
  public var added: [Step] = []

  public init(kept: (any KeptSteps)? = nil, added: [Step] = []) {
    (self.kept, self.added) = (kept, added)
  }

  public var isEmpty: Bool { kept == nil && added.isEmpty }

  /// Reads those that are kept elsewhere.
  public func steps() throws(GrowthError) -> [Step] {
    guard let kept else { return added }
    return try kept.steps() + added
  }
}

/// Steps that lie elsewhere.
public protocol KeptSteps: AnyObject, Sendable {
  func steps() throws(GrowthError) -> [Growth.Step]
}

/// Why kept steps can't be read.
public struct GrowthError: Error {
  public let message: String
  public let help: String?

  public init(_ message: String, help: String?) {
    (self.message, self.help) = (message, help)
  }
}

extension Segment {
  /// Takes over what a refresh gave, and keeps what it changed.
  public mutating func refresh(to new: RowSet, at now: Int64, of customers: Table) {
    if members == nil {
      growth.added.append(Growth.Step(when: now, customers: new.count, change: .first))
      setMembers(new)
    } else {
      change(to: new, at: now, of: customers)
    }
    refreshed = now
    (staleness, outdated, obstacle) = (nil, nil, nil)
  }

  /// Takes over members that were loaded.
  public mutating func load(_ new: RowSet, at now: Int64, of customers: Table) {
    guard members == nil else { return change(to: new, at: now, of: customers) }
    if !growth.isEmpty {
      growth.added.append(Growth.Step(when: now, customers: new.count, change: .loaded))
    }
    setMembers(new)
  }

  /// Replaces members that are known, and keeps who joined and who left.
  public mutating func change(to new: RowSet, at now: Int64, of customers: Table) {
    let old = members ?? RowSet(rowCount: new.rowCount)
    beginGrowth()
    growth.added.append(
      Growth.Step(
        when: now, customers: new.count,
        change: .changed(
          joined: customers.identities(of: new.subtracting(old)),
          left: customers.identities(of: old.subtracting(new)))))
    setMembers(new)
  }

  /// Takes over the first members that are known of, and when they were added: ids by the moment at
  /// which a day begins, ascending.
  public mutating func load(
    _ new: RowSet, added: [(when: Int64, ids: IDSet)], latest: Int64?
  ) {
    setMembers(new)
    refreshed = latest
    guard !added.isEmpty else { return }
    growth.added =
      added.map { Growth.Step(when: $0.when, customers: $0.ids.count, change: .added($0.ids)) }
      + loadedStep
  }

  /// Keeps that members are gone, as they are customers no longer.
  mutating func lose(_ ids: IDSet, leaving members: RowSet, at now: Int64) {
    if ids.count > 0 {
      beginGrowth()
      growth.added.append(
        Growth.Step(
          when: now, customers: members.count, change: .changed(joined: .none, left: ids)))
    }
    setMembers(members)
  }

  /// Before the first change there are the members that were loaded.
  private mutating func beginGrowth() { if growth.isEmpty { growth.added = loadedStep } }

  /// What is known of members that no step tells of.
  fileprivate var loadedStep: [Growth.Step] {
    guard let memberCount else { return [] }
    return [Growth.Step(when: refreshed, customers: memberCount, change: .loaded)]
  }

  /// All steps; where there are none, the members that were loaded.
  public func steps() throws(GrowthError) -> [Growth.Step] {
    growth.isEmpty ? loadedStep : try growth.steps()
  }

  /// Removes a customer from what is in memory; a workspace removes them from what it keeps.
  mutating func forgetGrowth(of id: Int64, isMember: Bool) {
    growth.added = growth.added.forgetting(id, isMember: isMember)
  }
}

extension Store {
  /// Goes on with the growth of the segments of the store in whose place this one is loaded, where
  /// they are the same by id and by name. Who was in before and is not now has left, and so on.
  public mutating func continueGrowth(of old: Store, at now: Int64) {
    guard let customers, let before = old.customers, let index = customers.index else { return }
    for place in segments.indices {
      let new = segments[place]
      guard let same = old.segments.first(where: { $0.id == new.id && $0.name == new.name }) else {
        continue
      }
      if !same.growth.isEmpty { segments[place].growth = same.growth }
      guard let members = new.members else { continue }
      guard let stored = same.members else {
        if !same.growth.isEmpty {
          segments[place].growth.added.append(
            Growth.Step(when: now, customers: members.count, change: .loaded))
        }
        continue
      }
      let ids = before.identities(of: stored).ids
      let rows = index.rows(of: ids)
      let moved = RowSet(
        ascending: rows.filter { $0 >= 0 }.sorted(), rowCount: customers.rowCount)
      let gone = zip(ids, rows).filter { $1 < 0 }.map(\.0)
      let left = (customers.identities(of: moved.subtracting(members)).ids + gone).sorted()
      let joined = customers.identities(of: members.subtracting(moved))
      guard joined.count + left.count > 0 else { continue }
      if same.growth.isEmpty {
        segments[place].growth.added = new.growth.added.filter(\.tellsOfAdding) + same.loadedStep
      }
      segments[place].growth.added.append(
        Growth.Step(
          when: now, customers: members.count,
          change: .changed(joined: joined, left: IDSet(ascending: left))))
    }
  }
}

extension Growth.Step {
  fileprivate var tellsOfAdding: Bool {
    if case .added = change { return true }
    return false
  }
}

extension [Growth.Step] {
  /// The steps as if there had never been the customer, who is in behind the last of them or not.
  ///
  /// Before the first of what is known in one piece, who was in then was in before; of loaded members
  /// nobody knows more.
  public func forgetting(_ id: Int64, isMember: Bool) -> [Growth.Step] {
    var (steps, isIn) = (self, isMember)
    for place in indices.reversed() {
      if case .added(let ids) = self[place].change {
        let left = ids.removing(id)
        steps[place].change = .added(left)
        steps[place].customers = left.count
        continue
      }
      if isIn { steps[place].customers -= 1 }
      guard case .changed(let joined, let left) = self[place].change else {
        isIn = false
        continue
      }
      steps[place].change = .changed(joined: joined.removing(id), left: left.removing(id))
      if joined.contains(id) { isIn = false } else if left.contains(id) { isIn = true }
    }
    return steps
  }
}
