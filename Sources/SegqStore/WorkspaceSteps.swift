import SegqEngine

/// The steps of a segment's growth that a workspace keeps, in the table `steps`. They are read anew
/// whenever somebody asks: few statements do, and there may be gigabytes of them.
final class WorkspaceSteps: KeptSteps {
  let folder: WorkspaceFolder
  let segment: Int
  let count: Int

  init(_ folder: WorkspaceFolder, segment: Int, count: Int) {
    (self.folder, self.segment, self.count) = (folder, segment, count)
  }

  func steps() throws(GrowthError) -> [Growth.Step] {
    do throws(StoreError) { return try read() } catch {
      throw GrowthError(error.message, help: error.help)
    }
  }

  /// The first ``count``: another program may have added some behind them.
  func read() throws(StoreError) -> [Growth.Step] {
    try Database.reading(folder) { (database) throws(StoreError) in try read(database) }
  }

  func read(_ database: Database) throws(StoreError) -> [Growth.Step] {
    let rows = try database.rows(
      of: .steps, "where segment = \(segment) and place < \(count) order by place",
      path: folder.catalog)
    guard rows.count == count else {
      throw .damagedCatalog(
        folder.catalog, what: "steps of the growth of segment \(segment) are missing")
    }
    return try rows.map { (row) throws(StoreError) in
      guard let step = Growth.Step(row) else {
        throw .damagedCatalog(folder.catalog, what: "the rows of 'steps' do not fit together")
      }
      return step
    }
  }
}

extension WorkspaceFolder {
  /// What the catalog keeps of a segment's growth.
  func growth(ofSegment id: Int, in image: CatalogImage) -> Growth {
    guard let count = image[.growth, SQLValue(id)]?[1].integer, count > 0 else { return Growth() }
    return Growth(kept: WorkspaceSteps(self, segment: id, count: Int(count)))
  }
}

/// A change of the rows that an image doesn't have.
protocol CatalogChange {
  /// Within the transaction of all else.
  func write(_ database: Database) throws(StoreError)
}

/// A change of the steps that are kept of a segment.
struct StepChange: CatalogChange {
  let segment: Int
  /// The places of those that go; others follow there, or none. Nil: single ones are replaced.
  let end: Range<Int>?
  let rows: [[SQLValue]]

  func write(_ database: Database) throws(StoreError) {
    if let end {
      try database.run(
        "delete from steps where segment = \(segment) and place >= \(end.lowerBound)",
        changing: end.count)
    } else {
      try database.run(
        "delete from steps where segment = ? and place = ?",
        each: rows.map { $0.prefix(2).map { $0 } })
    }
    try database.put(rows, in: .steps)
  }
}

extension Workspace {
  /// What was added is kept, and is read from there from now on.
  func takeGrowth(from image: CatalogImage) {
    for place in store.segments.indices {
      store.segments[place].growth = folder.growth(
        ofSegment: store.segments[place].id, in: image)
    }
  }

  /// How many of a segment's steps stay as they are in this workspace.
  private func staying(of segment: Segment) -> Int {
    guard let kept = segment.growth.kept as? WorkspaceSteps, kept.folder == folder,
      kept.segment == segment.id
    else { return 0 }
    return kept.count
  }

  func stepCount(of segment: Segment) -> Int {
    let elsewhere = (segment.growth.kept as? WorkspaceSteps)?.count ?? 0
    return elsewhere + segment.growth.added.count
  }

  /// What of the growth of another store is to be written, and what of this one's is to go.
  func growthChanges(to store: Store) throws(StoreError) -> [StepChange] {
    var changes: [StepChange] = []
    for segment in store.segments {
      let staying = staying(of: segment)
      let before = image[.growth, SQLValue(segment.id)]?[1].integer.map { Int($0) } ?? 0
      guard before != staying || stepCount(of: segment) != staying else { continue }
      // Those of another workspace are copied.
      let copied =
        staying == 0 ? try (segment.growth.kept as? WorkspaceSteps)?.read() ?? [] : []
      changes.append(
        StepChange(
          segment: segment.id, end: staying..<max(staying, before),
          rows: (copied + segment.growth.added).enumerated().map {
            $1.row(of: segment.id, place: staying + $0)
          }))
    }
    let left = Set(store.segments.map(\.id))
    for row in image[.growth] {
      guard let id = row[0].integer.map({ Int($0) }), !left.contains(id) else { continue }
      let count = row[1].integer.map { Int($0) } ?? 0
      changes.append(StepChange(segment: id, end: 0..<max(0, count), rows: []))
    }
    return changes
  }

  /// The steps that a customer is in, without them.
  func growthChanges(forgetting id: Int64) throws(StoreError) -> [StepChange] {
    let row = store.customers?.index?.row(of: id)
    var changes: [StepChange] = []
    for segment in store.segments {
      guard let kept = segment.growth.kept as? WorkspaceSteps else { continue }
      let steps = try kept.read()
      let isMember = row.flatMap { segment.members?.contains($0) } ?? false
      let without = steps.forgetting(id, isMember: isMember)
      let changed = steps.indices.filter { steps[$0] != without[$0] }
      guard !changed.isEmpty else { continue }
      changes.append(
        StepChange(
          segment: segment.id, end: nil,
          rows: changed.map { without[$0].row(of: segment.id, place: $0) }))
    }
    return changes
  }
}

extension Growth.Step {
  /// A row of the table `steps`.
  func row(of segment: Int, place: Int) -> [SQLValue] {
    let head: [SQLValue] = [
      SQLValue(segment), SQLValue(place), SQLValue(when), SQLValue(customers),
    ]
    return switch change {
    case .added(let ids): head + [SQLValue(ids.count), .bytes(ids.bytes), .null, .null]
    case .loaded: head + [.null, .null, .null, .null]
    case .first: head + [SQLValue(customers), .null, .integer(0), .null]
    case .changed(let joined, let left):
      head + [
        SQLValue(joined.count), .bytes(joined.bytes), SQLValue(left.count), .bytes(left.bytes),
      ]
    }
  }

  init?(_ row: [SQLValue]) {
    guard let customers = row[3].integer.map({ Int($0) }) else { return nil }
    guard let joined = row[4].integer, let left = row[6].integer else {
      if let joined = row[4].integer, let joins = row[5].bytes {
        guard let ids = IDSet(bytes: joins, count: Int(joined)) else { return nil }
        self.init(when: row[2].integer, customers: customers, change: .added(ids))
        return
      }
      self.init(when: row[2].integer, customers: customers, change: .loaded)
      return
    }
    guard let joins = row[5].bytes, let leaves = row[7].bytes else {
      self.init(when: row[2].integer, customers: customers, change: .first)
      return
    }
    guard let joined = IDSet(bytes: joins, count: Int(joined)),
      let left = IDSet(bytes: leaves, count: Int(left))
    else { return nil }
    self.init(
      when: row[2].integer, customers: customers, change: .changed(joined: joined, left: left))
  }
}
