import SegqRecords

/// A segment: its definition and the customers that are in it.
public struct Segment: Sendable {
  public var id: Int
  public var name: String
  public var isActive: Bool
  /// Empty covers all websites.
  public var websites: [String]
  public var description: String?
  public var applyTo: String?
  /// Whether it is for visitors alone, who are never stored: then it has no customers, whatever its
  /// rule says.
  public var isForVisitors: Bool { applyTo == "Visitors" }
  /// The condition as written.
  public var rule: String?
  /// A bit for each row of customers; nil where it is not known who is in.
  public private(set) var members: RowSet?
  public private(set) var memberCount: Int?
  /// The time of the last refresh, in seconds since 1970; nil if never.
  public var refreshed: Int64?
  /// Why the members may no longer be right; nil where they are.
  public var staleness: String?
  /// Why members that are right for their day may not be so today; nil where they are. It is said anew
  /// each day, and kept nowhere.
  public var outdated: String?
  /// What its refreshes changed.
  public var growth = Growth()
  /// Why its rule can't be evaluated as things are; nil where nothing is known to be in its way.
  public var obstacle: String?

  public init(id: Int, name: String, isActive: Bool, websites: [String]) {
    self.id = id
    self.name = name
    self.isActive = isActive
    self.websites = websites
  }

  public mutating func setMembers(_ members: RowSet?) {
    self.members = members
    memberCount = members?.count
  }

  /// Says why the members may no longer be right. What is not known stays so, and members that no
  /// rule has found are as they were chosen.
  public mutating func markStale(_ reason: String) {
    if hangsOnRule { staleness = reason }
  }

  /// Whether it has members that its rule gives.
  public var hangsOnRule: Bool { members != nil && rule != nil && !isForVisitors }

  public enum Freshness: String, Sendable, CaseIterable {
    case fresh
    case stale
    case unavailable
  }

  public var freshness: Freshness {
    members == nil ? .unavailable : staleness == nil && outdated == nil ? .fresh : .stale
  }
}

/// A set of customers told by segments, all of which are known to exist.
public indirect enum SegmentSet: Sendable {
  case segment(Int)
  case union(SegmentSet, SegmentSet)
  case intersect(SegmentSet, SegmentSet)
  case except(SegmentSet, SegmentSet)
  case none

  /// The places of the segments in the store.
  public var segments: [Int] {
    switch self {
    case .none: []
    case .segment(let place): [place]
    case .union(let a, let b), .intersect(let a, let b), .except(let a, let b):
      a.segments + b.segments
    }
  }
}

extension SegmentSet {
  /// The sets that a chain of unions is made of.
  fileprivate var united: [SegmentSet] {
    guard case .union(let a, let b) = self else { return [self] }
    return a.united + b.united
  }
}

/// All that is in memory: customers, what hangs on them, and segments.
public struct Store: Sendable {
  /// Customers first, parents before their children.
  public internal(set) var tables: [Table] = []
  public var segments: [Segment] = []
  /// The time that the files are of that the whole store was made of, in seconds since 1970; nil where
  /// it came about in another way.
  public var loaded: Int64?
  /// What `undo` takes back.
  public var journal = ChangeJournal()

  public init() {}

  public var customers: Table? { table(named: "customers") }

  public func table(named name: String) -> Table? { tables.first { $0.name == name } }

  /// Adds the table, or puts it in the place of the one of the same name.
  public mutating func put(_ table: Table) {
    if let place = tables.firstIndex(where: { $0.name == table.name }) {
      tables[place] = table
    } else {
      tables.append(table)
    }
  }

  /// The tables whose rows hang on those of `table`.
  public func children(of table: Table) -> [Table] {
    tables.filter { $0.parent?.table === table }
  }

  /// Finds the members of all segments again, by their ids, among customers that took the place of
  /// others; false where it was interrupted, and nothing has changed. Members that are customers no
  /// longer have left. Where the customers are the old ones and new ones among them no id is looked at.
  public mutating func moveMembers(
    from old: Table?, by insertion: Insertion? = nil, at now: Int64, _ execution: Execution
  ) -> Bool {
    guard let old, let customers, let index = customers.index, let ids = old.index?.ids,
      ids.areTexts == index.areTexts
    else {
      for i in segments.indices { segments[i].setMembers(nil) }
      return true
    }
    let rows = insertion?.places ?? index.rows(of: ids.identities(0..<old.rowCount))
    let count = customers.rowCount
    let moved = execution.map(segments.map(\.members)) { $0?.moved(to: rows, of: count) }
    guard let moved else { return false }
    for (i, members) in moved.enumerated() {
      guard let members, let before = segments[i].members else { continue }
      let gone = before.rows.filter { rows[Int($0)] < 0 }
      segments[i].lose(
        IDSet(ascending: gone.map { ids[Int($0)] }.sorted()), leaving: members, at: now)
    }
    return true
  }

  /// The customers of the set. Segments that are not known count as empty.
  public func members(_ set: SegmentSet) -> RowSet {
    let rowCount = customers?.rowCount ?? 0
    return switch set {
    case .none: RowSet(rowCount: rowCount)
    case .segment(let place): segments[place].members ?? RowSet(rowCount: rowCount)
    case .union: RowSet.union(set.united.map { members($0) }, rowCount: rowCount)
    case .intersect(let a, let b): members(a).intersection(members(b))
    case .except(let a, let b): members(a).subtracting(members(b))
    }
  }
}
